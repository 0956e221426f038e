# The customer list of an invented town: COUNT households in 25 to a building, 40 buildings to a community, 16 communities to a district;
# four of five have a phone, and every tenth building a master meter.
BEGIN {
    print "户号,区,小区,楼栋,门牌,户名,电话,总表,总表名称"
    split("甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 春 夏 秋 冬 东 西 南 北", sign, " ")
    split("花园 小区 家园 新村 公寓 雅居 苑 里", end, " ")
    for (i = 0; i < COUNT; i++) {
        building = int(i / 25); community = int(building / 40); district = int(community / 16)
        area = sign[1 + community % 30] sign[1 + int(community / 30) % 30] end[1 + community % 8] int(community / 240 + 1) "区"
        meter = building % 10 == 0 ? sprintf("ZB%06d", building) : ""
        printf "%010d,第%d区,%s,%d号楼,%d单元%d室,住户%06d,%s,%s,\n", 2000000000 + i, district + 1, area, building % 40 + 1,
            i % 25 / 10 + 1, i % 25 + 101, i % 1000000, i % 5 ? sprintf("1%02d%08d", 30 + i % 9, i) : "", meter
    }
}
