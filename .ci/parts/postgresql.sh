# A database server, for test/library/postgresql.real.test.ts. Debian's programs for a cluster are in no folder of PATH.
debian postgresql
for name in initdb pg_ctl; do
  ln -sf "$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)/$name" "$PART/bin/$name"
done
