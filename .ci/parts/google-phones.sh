# Google's own numbering plans, with its library for Python, for test/identity/phone-google.real.test.ts.
python -r .ci/parts/google-phones.txt
