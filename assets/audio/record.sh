#!/bin/sh
# Speaks the ten digits in Vietnamese: needs Debian's espeak-ng and sox. What it makes is committed beside it.
set -eu
cd "$(dirname "$0")"
number=0
for word in không một hai ba bốn năm sáu bảy tám chín; do
    espeak-ng -v vi -s 90 -a 100 -w spoken.wav "$word"
    # Without the silence before and after; equally loud; -D: no dither, so that every run makes the same bytes.
    sox -D spoken.wav -r 8000 -c 1 -e unsigned-integer -b 8 "$number.wav" \
        gain -6 highpass 120 norm -1 silence 1 0.005 0.3% fade t 0.005 reverse silence 1 0.005 0.3% fade t 0.02 reverse norm -1
    number=$((number + 1))
done
rm spoken.wav
