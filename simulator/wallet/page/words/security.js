/** The account's protections; the names are those of the advice that agents give. */
export const securityWords = {
  en: {
    'security-title': 'Security centre',
    'security-hint': 'What protects this account',
    'security-digitalCertificate': 'Digital certificate',
    'security-realNameVerified': 'Real-name verification',
    'security-phoneBound': 'Bind phone',
    'security-do-digitalCertificate': 'Install',
    'security-do-realNameVerified': 'Verify',
    'security-do-phoneBound': 'Bind',
    'security-there': 'done',
  },
  zh: {
    'security-title': '安全中心',
    'security-hint': '账户的安全设置',
    'security-digitalCertificate': '数字证书',
    'security-realNameVerified': '实名认证',
    'security-phoneBound': '手机绑定',
    'security-do-digitalCertificate': '安装',
    'security-do-realNameVerified': '认证',
    'security-do-phoneBound': '绑定',
    'security-there': '已完成',
  },
}
