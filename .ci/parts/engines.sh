# Engines that run the script of dist-udf/, for test/udf/*.real.test.ts and test/scale/*.real.test.ts.
npm_packages @duckdb/node-api@1.5.6-r.1 quickjs-emscripten@0.32.0
