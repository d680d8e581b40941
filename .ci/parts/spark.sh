# Spark with its own scheduler and executors, for test/scale/spark.real.test.ts.
command -v java >/dev/null || debian openjdk-17-jre-headless
python -r .ci/parts/spark.txt
link java
