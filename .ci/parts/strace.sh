debian strace
link strace
