#!/usr/bin/env node
require("../dist-cli/lib/main.cjs").main(process.argv);
