#!/bin/sh
# Write a backup of today with its audit log, and delete all but the newest ones. Usage: backup.sh CXDATA FOLDER NUMBER
set -eu
cxdata=$1
folder=$2
number=$3
"$cxdata" backup --replace "$folder/stories-$(date -u +%Y-%m-%d).duckdb"
# names sort by date; only names of this form are deleted
ls -1 "$folder" | grep -x 'stories-[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\.duckdb' | sort -r | tail -n "+$((number + 1))" |
    while IFS= read -r old; do rm -rf -- "$folder/$old" "$folder/$old.access"; done
