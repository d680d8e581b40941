# ClickHouse's own engine as a library, for test/scale/clickhouse.real.test.ts. What it needs pandas for is not used.
python --no-deps -r .ci/parts/clickhouse.txt
