python -r .ci/parts/msads.txt
