"""What `init` writes around a firm's answers: comments, README and git's own files."""

REGISTER = """\
# yaml-language-server: $schema=../schema/register.json
# The firm. policy judges a new case unless it names another; the time zone decides days and months.
# 本单位基本情况。policy 为默认制度；日期和月份按 zone 所示时区计算。
# personal: plain - personal data stand in clear, and git's history keeps them for good. 个人信息为明文，历史永久保留。
"""

STAFF = """\
# yaml-language-server: $schema=../schema/staff.json
# Who works here. The id (left) is what case files write: it never changes and is never given to another.
# email is the one in the person's commits; roles are those of the policy, each with its first and last day.
# 人员名册。左侧编号写入案件，启用后不改、不转给他人；email 与其提交所用邮箱一致；
# 岗位名以制度为准，from、until 为首日和末日。再添一人，照下例去掉 # 即可（例中人物为虚构）：
#
#   zhang-san:
#     name: 张三 Zhang San
#     email: zhang-san@example.org
#     roles:
#       - {role: clerk, from: 2026-01-01}
#
"""

GITATTRIBUTES = """\
* text=auto eol=lf
*.yaml text eol=lf
*.json text eol=lf
"""

GITIGNORE = """\
.build/
"""

README = """\
# {en} · {zh}

A complaint register kept with casework: one file for each complaint under `cases/`, the rules under `policies/`.
本仓库是用 casework 保存的投诉登记簿：每宗投诉一个文件，在 `cases/` 下；制度在 `policies/` 下。

| | |
| --- | --- |
| `casework new` | take down a complaint · 登记一宗投诉 |
| `casework add CASE EVENT` | write down what happened next · 记录后续经过 |
| `casework list`, `casework show CASE` | look things up · 查看案件 |
| `casework check` | what is wrong, owed or late · 检查错误、待办与逾期 |
| `git pull`, `git push` | get colleagues' entries, share yours · 获取同事的记录，共享自己的记录 |

Names, telephone numbers and the like belong under `personal:` in a case and nowhere else: git never forgets.
姓名、电话等个人信息只写在案件的 `personal:` 之下：git 的历史永久保留。
"""

TIME = """
# What deadlines are counted by. Take the # away and write your own; the guide says how.
# 时限按这些计算。请去掉行首的 # 并改成本单位的；写法见使用指南。
# office_hours:
#   - {days: [mon, tue, wed, thu, fri, make-up], from: '09:00', until: '12:00'}
#   - {days: [mon, tue, wed, thu, fri, make-up], from: '13:00', until: '18:00'}
# shifts:
#   early: {title: {en: Early shift, zh: 早班}, from: '09:00', until: '15:00'}
"""
