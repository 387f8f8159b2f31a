#!/usr/bin/env bash
# The main job, shown on real input: the policy documents are sound, an official post table is read and checked, and
# everyone of an (invented) county has a standing with reasons. Everything is written under out/.
set -euo pipefail
takeroot=$1
day=$2
out=out/demo
say() { printf '\n\033[1m— %s\033[0m\n' "$1"; }
if [ "${TAKEROOT_LANG:-zh}" = en ]; then
  t=("1. The policy documents: what is known, how well, what is missing"
     "2. The official post table of Guangdong 2025, against the law and a proposal"
     "3. The demonstration county (everyone in it is invented)"
     "4. Everyone's standing on $day"
     "5. One person, clause by clause"
     "Written under out/. Try:")
else
  t=("1. 政策文件：知道什么，多大把握，还缺什么"
     "2. 广东2025年官方职位表，对照现行规定和一个方案"
     "3. 演示县（人物均为虚构）"
     "4. $day 每个人的现状"
     "5. 一个人，逐条说明"
     "结果写在 out/ 下。还可以试试：")
fi
say "${t[0]}"
"$takeroot" policy check
say "${t[1]}"
"$takeroot" posts data/posts/guangdong-2025/guangdong-2025-posts-original.xls --on "$day" --proposal one-rise-one-fall
say "${t[2]}"
mkdir -p out
"$takeroot" demo --people 600 --seed 1 --out "$out" --force
say "${t[3]}"
"$takeroot" standing "$out/roster.xlsx" --on "$day" > out/standing.txt
head -n 15 out/standing.txt
"$takeroot" standing "$out/roster.xlsx" --on "$day" --xlsx out/standing.xlsx
say "${t[4]}"
# Someone whose minimum service still runs on the day: there is something to explain.
person=$(awk 'NR > 4 && / 20(2[6-9]|3[0-9])-[0-9-]+ .* 20[0-9-]+ / { print $1; exit }' out/standing.txt)
[ -n "$person" ] || person=$(awk 'NR == 5 { print $1 }' out/standing.txt)
"$takeroot" explain "$out/roster.xlsx" --person "$person" --on "$day"
say "${t[5]}"
cat <<END
  $takeroot explain $out/roster.xlsx --person $person --on 2016-07-01
  $takeroot explain $out/lrmx --person $person --on $day
  $takeroot policy diff law@2016-07-01 law@2020-07-01
  $takeroot --help
END
