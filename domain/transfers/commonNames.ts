/**
 * How common names are, as shares of the people who bear them. The order follows public statistics: for Chinese the
 * yearly name reports of the Ministry of Public Security, for Latin letters the United States Census of 2010 and the
 * Social Security Administration's lists of given names. The shares are rounded, and rather too high than too low: who
 * takes a name for commoner than it is hides more of it.
 */

type Shares = ReadonlyMap<string, number>

/** `[percent, characters]`: each of the characters has that share. */
const each = (...groups: [percent: number, names: string][]): Shares =>
  new Map(groups.flatMap(([percent, names]) => (names.includes(' ') ? names.split(' ') : Array.from(names)).map((name): [string, number] => [name, percent / 100])))

export const chineseSurnames = each(
  [7.2, '王'], [7, '李'], [6.7, '张'], [5.1, '刘'], [4.6, '陈'], [3.1, '杨'], [2.3, '黄'], [2.2, '赵'], [2, '吴'], [1.9, '周'], [1.5, '徐孙'],
  [1.3, '马'], [1.2, '朱胡郭'], [1.1, '何林'], [1, '高罗'], [0.9, '郑梁'], [0.8, '谢宋'], [0.7, '唐许'], [0.6, '韩邓冯曹彭'],
  [0.5, '曾肖田董潘袁'], [0.4, '蔡蒋余于杜叶程魏苏吕丁任卢姚'], [0.3, '沈钟姜崔谭陆范汪廖石金韦贾夏'],
  [0.2, '付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向'], [0.1, '常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝'],
) // prettier-ignore

/** Two characters that are one surname: to show one of them would tell the other. */
export const compoundSurnames: ReadonlySet<string> = new Set(
  '欧阳 上官 皇甫 令狐 诸葛 司徒 司马 申屠 夏侯 贺兰 完颜 慕容 尉迟 长孙 东方 独孤 南宫 西门 端木 公孙 轩辕 宇文 澹台 淳于 太史 拓跋 百里 呼延 东郭 司空 濮阳 鲜于 闻人 赫连 钟离 第五 梁丘 左丘 公冶 公羊 万俟 宗政 单于 仲孙 亓官 司寇 巫马 漆雕 乐正 壤驷 夹谷 宰父 谷梁 段干 羊舌 微生 纳兰'.split(' '),
)

/** Characters of given names of two characters. */
export const givenCharacters = each(
  [2, '英华'], [1.5, '玉秀明文'], [1.2, '珍芳兰国丽桂荣'], [1, '春金红平军海云建'], [0.8, '志小梅德伟林永新'], [0.7, '晓杰强生凤素清萍霞辉'],
  [0.5, '宇佳俊浩欣雨子涵梓轩一燕娟艳敏静涛超龙波飞鹏刚成安学庆光福祥'],
  [0.3, '婷慧莹琳雪莉娜倩颖洁晶丹琴淑香花美月玲嘉诗怡思雅博瑞泽晨阳峰磊斌勇亮东江山天义忠良民胜利兴宝振世景立水长正爱喜开元启'],
  [0.1, '家俪芬菊莲芝仙惠巧银彩翠莎妮婉媛薇露瑶佩菲萌彤悦璐帆航凯翔宁康健旭阔恒宏鸿达坤松柏枫楠森树根贵财富全炳炎焕耀煜灿熙昊睿哲翰铭锦钰鑫锋钢铁铜石岩川洋洪湖源溪淼润泉湘沛沐泓渊书礼仁智信勤俭朴诚毅恩孝敬厚廷朝政勋武威虎彪骏驰腾跃奇才伦艺墨琪珊瑜珠瑾璇琦玥玮璟珂蓉茜莺蕾薰兆广士少大友先克冬秋夏晴晖昕昌时来绍继承传宗祖望远近进迎道运通达万千百三二四五六七八九十南西北中上方圆'],
) // prettier-ignore

/** Given names of one character, among those who have one. */
export const singleGivenNames = each(
  [2.5, '伟'], [2, '芳娜敏静丽强'], [1.5, '磊洋艳勇军杰娟涛超明霞刚'], [1, '平燕辉玲丹萍鹏华红飞英梅鑫波斌莉宇浩凯健俊帆雪帅慧旭宁婷龙林'],
  [0.6, '晶欢颖佳倩阳亮成琴畅建云洁峰柳晨瑞莹兵雷东琳玉欣博彬坤荣岩杨文利楠瑜璐'], [0.2, '钢毅力晓春海山江河源泉松柏森楷桦怡悦菲薇蕾蓉茜璇琪珊瑶睿哲轩昊铭锋锐钰彤曦昕晗晴暄煜烨焱燚翔翰羽思恩慈惠'],
) // prettier-ignore

/** Given names of two characters that are commoner than their characters make them. */
export const wholeGivenNames = each(
  [0.35, '秀英 桂英 秀兰 玉兰 桂兰 秀珍 玉梅 玉珍 建华 建国'],
  [0.2, '凤英 玉英 红梅 建军 淑珍 春梅 海燕 冬梅 秀荣 桂珍 秀云 桂荣 志强 秀梅 丽娟 婷婷 玉华 雪梅 淑兰 丽丽 秀芳 淑英 桂芳 丽华 丹丹'],
  [0.12, '桂香 淑华 秀华 桂芝 小红 金凤 红霞 建平 凤兰 梓涵 子涵 浩宇 梓轩 欣怡 雨桐 一诺 宇轩 浩然 子轩 俊杰 诗涵 思琪 文博 晓明 晓东 志明 志伟 国强 国华 明辉 海涛 小明 小芳 文静 晓燕 晓红 永强 建明 建成 志刚 佳怡 雨欣 娜娜 静静 莉莉 燕燕'],
) // prettier-ignore

/** Words of names in Latin letters, whichever part of a name they are; pinyin among them. */
export const latinWords = each(
  [20, 'nguyen kim'], [8, 'lee park tran singh'], [7, 'wang li'], [6.7, 'zhang'], [5.1, 'liu le'], [4.6, 'chen'], [4, 'kaur mohammed muhammad'], [3.3, 'yang wei pham'],
  [2.3, 'huang zhao wu zhou xu jun jing yan'], [1.5, 'james michael robert john sun zhu lin hu guo gao ma he min ping hua ming'], [1.2, 'mary david william maria jose ana jie lei tao'],
  [0.9, 'smith richard joseph thomas christopher charles garcia silva santos'], [0.7, 'johnson williams daniel matthew patricia jennifer linda elizabeth rodriguez martinez hernandez'],
  [0.5, 'brown jones miller davis lopez gonzalez wilson anderson taylor moore jackson martin perez thompson white harris sanchez clark ramirez lewis robinson barbara susan jessica mark anthony paul sarah karen lisa nancy sandra ashley emily kevin brian george edward andrew joshua steven kenneth'],
) // prettier-ignore

/** What a name is taken for that no list has, by how few names of its script are known here. */
export const unlisted = { surname: 0.001, character: 0.0003, otherSurname: 0.2, otherCharacter: 0.02, word: 0.005 } as const
