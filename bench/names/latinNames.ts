/**
 * Shares of people in percent. English: surnames of the United States Census of 2010, given names of a hundred years of
 * the Social Security Administration. Pinyin: Chinese surnames and characters as they are spelt abroad.
 */
export const latinNames = {
  english: {
    surnames: shares(
      'Smith 0.83 Johnson 0.65 Williams 0.55 Brown 0.49 Jones 0.48 Garcia 0.39 Miller 0.39 Davis 0.38 Rodriguez 0.37 Martinez 0.36 Hernandez 0.35 Lopez 0.30 Gonzalez 0.28 Wilson 0.27 Anderson 0.27 Thomas 0.26 Taylor 0.25 Moore 0.25 Jackson 0.24 Martin 0.24 Lee 0.24 Perez 0.23 Thompson 0.23 White 0.22 Harris 0.21 Sanchez 0.21 Clark 0.19 Ramirez 0.19 Lewis 0.18 Robinson 0.18 Walker 0.18 Young 0.16 Allen 0.16 King 0.16 Wright 0.16 Scott 0.15 Torres 0.15 Nguyen 0.15 Hill 0.15 Flores 0.14 Green 0.14 Adams 0.14 Nelson 0.14 Baker 0.14 Hall 0.14 Rivera 0.13 Campbell 0.13 Mitchell 0.13 Carter 0.13 Roberts 0.13',
    ),
    given: shares(
      'James 1.3 Michael 1.2 Robert 1.3 John 1.3 David 1.0 William 1.0 Richard 0.7 Joseph 0.7 Thomas 0.6 Christopher 0.6 Charles 0.6 Daniel 0.5 Matthew 0.5 Anthony 0.4 Mark 0.4 Steven 0.35 Andrew 0.35 Joshua 0.35 Kenneth 0.35 Kevin 0.3 Brian 0.3 George 0.3 Mary 0.9 Patricia 0.45 Jennifer 0.42 Linda 0.41 Elizabeth 0.4 Barbara 0.39 Susan 0.32 Jessica 0.3 Sarah 0.28 Karen 0.28 Lisa 0.27 Nancy 0.28 Sandra 0.25 Ashley 0.24 Emily 0.24 Donna 0.24 Michelle 0.24 Carol 0.22',
    ),
  },
  pinyin: {
    surnames: shares(
      'Wang 7.4 Li 7.8 Zhang 7 Liu 5.2 Chen 4.6 Yang 3.3 Huang 2.4 Zhao 2.2 Wu 2.2 Zhou 2 Xu 2.4 Sun 1.5 Zhu 1.4 Ma 1.3 Hu 1.2 Guo 1.2 He 1.3 Lin 1.1 Gao 1 Luo 1 Zheng 0.9 Liang 0.9 Xie 0.8 Song 0.8 Tang 0.9 Han 0.6 Deng 0.6 Feng 0.7 Cao 0.6 Peng 0.6',
    ),
    given: shares(
      'Wei 1.4 Jing 1 Li 1 Jun 0.9 Yan 0.9 Min 0.8 Lei 0.6 Tao 0.6 Ping 0.6 Jie 0.6 Yong 0.5 Na 0.5 Fang 0.5 Qiang 0.5 Xiuying 0.25 Jianhua 0.25 Zhiqiang 0.2 Xiaoming 0.15 Zihan 0.15 Yuxuan 0.15 Haoyu 0.15 Guiying 0.2 Xiulan 0.2 Lihua 0.2 Jianguo 0.2 Guohua 0.2 Wenjing 0.15 Xiaoyan 0.15 Haiyan 0.15 Jianjun 0.2',
    ),
  },
} as const

function shares(text: string): ReadonlyMap<string, number> {
  const words = text.split(' ')
  return new Map(Array.from({ length: words.length / 2 }, (_, index) => [words[2 * index]!, Number(words[2 * index + 1]) / 100]))
}
