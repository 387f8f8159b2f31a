product = 扎根
error-inside = 系统内部出错，已记录。请稍后再试。
home-title = 首页
sign-in-title = 登录
sign-in-wrong = 账号或密码不正确。
sign-in-name = 账号
sign-in-password = 密码
sign-in-do = 登录
