debian chromium
link chromium
