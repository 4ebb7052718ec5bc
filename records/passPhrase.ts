import { randomInt } from 'node:crypto'

/** Words that are told apart on a bad line; two of them at random for each call. */
const words = {
  en: 'apple anchor autumn basket beacon bottle branch bridge bronze butter button camera candle canyon carpet castle cherry circle clover copper corner cotton cradle desert dragon drawer eagle engine falcon feather fiddle finger forest fountain galaxy garden ginger goblet guitar hammer harbor helmet honey island ivory jacket jasmine kettle kitten ladder lantern lemon library lizard magnet maple marble meadow melon mirror monkey mountain needle oak ocean olive orange orchid oyster palace panda paper parrot pebble pencil pepper piano pillow planet pocket pottery puzzle rabbit rainbow ribbon river rocket saddle sailor salmon saturn silver spider spring squirrel stable summer sunset table teapot temple thunder ticket tiger timber tomato tower travel tulip turtle valley velvet violet walnut water whistle window winter wolf yellow zebra'.split(
    ' ',
  ),
  zh: '白云 百合 冰川 彩虹 草原 茶壶 车站 晨光 春天 大海 灯塔 稻田 电梯 冬瓜 飞机 风车 枫叶 钢琴 公园 果园 海豚 河流 红旗 蝴蝶 花园 画家 火车 吉他 金鱼 橘子 咖啡 孔雀 蓝鲸 老虎 莲花 凉亭 铃铛 柳树 龙舟 路灯 骆驼 绿洲 麦田 猫咪 梅花 蜜蜂 明月 木桥 南瓜 鸟巢 柠檬 牛奶 帆船 苹果 葡萄 蒲公英 铅笔 青山 秋千 热带 日出 森林 沙漠 山谷 珊瑚 石榴 狮子 书包 树林 水杯 松鼠 太阳 糖果 桃花 藤椅 天鹅 铁路 童话 土豆 拖拉机 瓦片 围巾 温泉 蜗牛 梧桐 西瓜 溪水 喜鹊 夏夜 香蕉 小鹿 星空 熊猫 雪山 燕子 杨梅 椰子 银河 樱桃 油菜 雨伞 玉米 鸳鸯 月亮 云朵 枣树 珍珠 芝麻 钟楼 竹林 桌布 紫藤 足球 钻石'.split(' '),
}

/** Two words in the payer's language: over ten thousand pairs, drawn anew for each call. */
export function newPassPhrase(locale: string): string {
  const list = locale.toLowerCase().startsWith('zh') ? words.zh : words.en
  const first = randomInt(list.length)
  // Never the same word twice.
  const second = (first + 1 + randomInt(list.length - 1)) % list.length
  return `${list[first]} ${list[second]}`
}
