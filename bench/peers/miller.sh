#!/bin/sh
# Miller's own language: e-mail addresses by the project's rule, no phones (it knows no numbering plans), and
# times as they are. It keeps all conversions in memory and sorts at the end, because a join loses the order.
#   miller.sh semi CONTACTS CONVERSIONS OUT  |  miller.sh single IN OUT
set -eu
row='
  plain = gsub(tolower($Email), "[[:space:]]+", "");
  name = gsub(sub(sub(plain, "@.*", ""), "[+].*", ""), "[.]", "");
  name = gsub(gsub(gsub(name, "[àáâãäå]", "a"), "[èéêë]", "e"), "[ìíîï]", "i");
  name = gsub(gsub(gsub(gsub(name, "[òóôõö]", "o"), "[ùúûü]", "u"), "ç", "c"), "ñ", "n");
  address = name . sub(plain, "^[^@]*", "");
  digest = address =~ "^[a-z0-9_-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z]{2,}$" ? sha256(address) : "";
  filter digest != "";
  $* = {"Type": "Offline Conversion", "Status": "", "Id": "", "Parent Id": "", "Client Id": "row-" . $line,
    "Name": "", "Conversion Currency Code": ${Conversion Currency}, "Conversion Name": ${Conversion Name},
    "Conversion Time": ${Conversion Time}, "Conversion Value": ${Conversion Value}, "Microsoft Click Id": "",
    "Hashed Email Address": digest, "Hashed Phone Number": ""};'
case "$1" in
semi)
  mlr --icsv --ocsv put '$line = NR + 1' "$3" |
    mlr --icsv --ocsv join -j "Contact ID" -f /dev/stdin then sort -nf line then put "$row" "$2" > "$4"
  ;;
single) mlr --icsv --ocsv -S put "\$line = NR + 1; $row" "$2" > "$3" ;;
esac
