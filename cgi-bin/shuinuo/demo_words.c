/* What people of the sample town say and who they are. Data of the sample, not words of the product. */
#include "shuinuo/demo.h"

const struct demo_matter demo_matters[] = {
    {"no_water", 9, "早上起来整栋楼都没有水，邻居家也一样。", "楼前支管阀门未完全打开，已调整，入户查看水压正常。"},
    {"low_pressure", 7, "六楼晚上用水高峰水压很小，热水器打不着火。", "清洗楼道过滤器并调整片区压力，复测 0.24 兆帕。"},
    {"leak_public", 14, "路边井盖旁一直往外冒水，已经流到人行道上。", "更换漏水管段并恢复路面，现场冲洗干净。"},
    {"leak_third_party", 3, "旁边工地挖断了水管，水喷得很高。", "已抢修恢复供水，稽查支队现场取证并向施工方追偿。"},
    {"meter_well_leak", 6, "水表井里有水声，井里积满了水。", "更换表前阀门和垫片，井内积水已抽干。"},
    {"meter_well_damage", 3, "水表井里的阀门坏了，关不上也拧不动。", "更换表井内阀门，试压无渗漏。"},
    {"behind_meter_warranty", 4, "新交房一年多，表后管子接口渗水。", "质保期内免费更换接头，顾客已确认。"},
    {"behind_meter_other", 3, "厨房进水管老化滴水，想请人看看。", "已上门检查并告知自有管线维修渠道，协助关阀。"},
    {"manhole_cover", 3, "路上的水表井盖不见了，晚上很危险。", "现场设置围挡并更换井盖。"},
    {"pipe_locating", 3, "准备施工，需要现场指认供水管道位置。", "已到现场指认并移交图纸，双方签字。"},
    {"pollution", 1, "附近管道施工后水发黑有味道，好几户都这样。", "查明为施工带入泥沙，排放冲洗后取样合格。"},
    {"restore_after_arrears", 5, "水费刚交清，请尽快恢复供水。", "核实到账后恢复供水。"},
    {"water_quality", 6, "水有点浑，还有漂白粉味。", "排放末梢水并现场检测余氯、浊度合格。"},
    {"meter_recheck", 4, "这个月水费比平时多一倍，怀疑抄错了表。", "稽查支队现场复核指数，读数无误，已向顾客说明。"},
    {"faulty_meter", 5, "水表不走了，用水也不动。", "办理换表手续并更换水表，底数经顾客确认。"},
    {"theft_or_damage", 2, "有人从消防栓接水洗车，天天这样。", "已制止并立案，责令补缴水费。"},
    {"valve_well_collapse", 2, "路中间闸门井周围塌下去一块。", "加固井室并恢复路面。"},
    {"abnormal_volume", 3, "家里没人住，水表还在走。", "检查为马桶水箱漏水，已告知顾客更换配件。"},
    {"workmanship", 2, "上次修完管子后路面没有恢复好，还翘起来。", "返工压实并重新铺砖。"},
    {"meter_idle", 1, "没有用水，水表指针一直空转。", "办理换表手续，更换水表并送检。"},
    {"compensation", 2, "爆管把地下室的东西泡了，要求赔偿。", "与顾客达成赔偿协议并履行完毕。"},
    {"consultation", 6, "请问过户需要带什么材料？", "已电话告知所需材料和办理地点。"},
    {"suggestion", 2, "建议缴费大厅增加一台自助机。", "建议已转相关部门，明年预算内增设。"},
    {"service_complaint", 3, "维修师傅约好上午来，下午才到，也没有打电话。", "已核实并向顾客道歉，责成班组整改预约制度。"},
    {"general", 2, "小区二次供水泵房噪音太大。", "已协调物业更换减振垫。"},
    {"praise", 2, "师傅冒雨抢修到半夜，谢谢你们。", ""},
};
const size_t demo_matter_count = sizeof demo_matters / sizeof demo_matters[0];

const struct demo_staff demo_people[] = {
    {"zhangmin", "张敏", "ops", ROLE_BIT(ROLE_OPERATOR)},
    {"wanglei", "王磊", "ops", ROLE_BIT(ROLE_OPS)},
    {"zhaowei", "赵伟", "pipeline", ROLE_BIT(ROLE_UNIT_LEADER)},
    {"lina", "李娜", "pipeline", ROLE_BIT(ROLE_LIAISON)},
    {"sunqiang", "孙强", "pipeline", ROLE_BIT(ROLE_CREW)},
    {"chenjing", "陈静", "maintenance", ROLE_BIT(ROLE_LIAISON)},
    {"gaofei", "高飞", "maintenance", ROLE_BIT(ROLE_CREW)},
    {"liuyang", "刘洋", "customer", ROLE_BIT(ROLE_LIAISON)},
    {"matao", "马涛", "inspection", ROLE_BIT(ROLE_LIAISON)},
    {"songli", "宋丽", "reading", ROLE_BIT(ROLE_LIAISON)},
    {"zhoubin", "周斌", "construction", ROLE_BIT(ROLE_LIAISON)},
    {"xuguang", "徐广", "leadership", ROLE_BIT(ROLE_GROUP_LEADER)},
    {"heping", "何平", "discipline", ROLE_BIT(ROLE_DISCIPLINE)},
    {"admin", "系统管理员", "ops", ROLE_BIT(ROLE_ADMIN)},
};
const size_t demo_people_count = sizeof demo_people / sizeof demo_people[0];
