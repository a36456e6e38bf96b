"""Every fixed word of the site, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from casework.words import Text

POSTS: Mapping[str, Text] = {
    "complainant": Text("the complainant", "投诉人"),
    "respondent": Text("the respondent", "被投诉人"),
    "interested": Text("those with an interest", "利害关系人"),
    "first-contact": Text("the first person asked", "首问人"),
    "responsible": Text("whoever answers for the case", "责任人"),
    "holder": Text("whoever has the case", "当前经手人"),
    "handler": Text("the handler", "处理人"),
    "tracker": Text("the tracker", "跟踪人"),
}

KIND_NAMES: Mapping[str, Text] = {
    "change": Text("to mend in the file", "需改正文件"),
    "day": Text("owed", "待办"),
    "past": Text("happened", "已发生"),
    "answer": Text("to answer for", "待作说明"),
}

FOLDED: Mapping[str, Text] = {
    "finding": Text("Finding", "调查结论"),
    "established": Text("Established", "投诉成立"),
    "compensation_total": Text("Compensation paid", "已付补偿合计"),
}

SECTIONS: Mapping[str, Text] = {
    "owner": Text("Who answers for the case", "责任人"),
    "limits": Text("Limits", "时限"),
    "duties": Text("Duties", "义务"),
    "bans": Text("Bans", "禁止"),
    "repeats": Text("Repeats", "重复投诉"),
    "retention": Text("How long records are kept", "保存期限"),
    "secrecy": Text("Secrecy", "保密"),
    "recurring": Text("What falls due again and again", "周期任务"),
    "numbering": Text("Numbering", "编号"),
    "roles": Text("Roles", "岗位"),
    "choices": Text("Choices", "选项"),
    "forms": Text("Forms", "表单"),
    "reports": Text("Reports", "报表"),
    "about": Text("About the policy", "制度说明"),
    "shown": Text("For the reader", "供阅读"),
}

UNITS: Mapping[str, Text] = {
    "minute": Text("minute", "分钟"),
    "hour": Text("hour", "小时"),
    "day": Text("day", "日"),
    "month": Text("month", "个月"),
    "year": Text("year", "年"),
}

GUIDE_SECTIONS: Mapping[str, Text] = {
    "guide": Text("Guide", "使用指南"),
    "decisions": Text("Decisions", "决策记录"),
}

LANGUAGES = {"en": "English", "zh": "中文"}

WORDS: Mapping[str, Text] = {
    "complaint": Text("complaint", "投诉"),
    "grievance": Text("grievance", "抱怨"),
    "report": Text("report", "举报"),
    "feedback": Text("feedback", "意见"),
    "phone": Text("telephone", "电话"),
    "visit": Text("visit", "来访"),
    "letter": Text("letter", "信函"),
    "email": Text("e-mail", "电子邮件"),
    "reply": Text("reply", "答复"),
    "opinion": Text("opinion", "意见"),
    "decision": Text("decision", "处理决定"),
    "due-day": Text("agreed day", "约定当天"),
    "internal": Text("within the firm", "内部协办"),
    "shift": Text("change of shift", "换班"),
    "desk": Text("from the desk", "前台移交"),
    "occurred": Text("occurred", "已发生"),
    "imminent": Text("imminent", "即将发生"),
    "accepted": Text("accepted", "受理"),
    "rejected": Text("not accepted", "不受理"),
    "withdrawn": Text("withdrawn", "撤回"),
    "duplicate": Text("duplicate", "重复"),
    "void": Text("entered by mistake", "误录"),
}

LABELS: Mapping[str, Text] = {
    # all pages
    "register": Text("Complaint register", "投诉登记簿"),
    "home": Text("Overview", "总览"),
    "cases": Text("Cases", "案件"),
    "months": Text("Months", "月报"),
    "rules": Text("Rules", "检查规则"),
    "policies": Text("Policies", "制度"),
    "guide": Text("Guide", "指南"),
    "skip": Text("Skip to the content", "跳到正文"),
    "navigation": Text("Main pages", "主要页面"),
    "you_are_here": Text("You are here", "当前位置"),
    "as_of": Text("as of", "截至"),
    "sample": Text("Sample register", "示例登记簿"),
    "sample_said": Text(
        "Firm, people and complaints are invented, and the clock stands still at this instant.",
        "单位、人员和投诉均属虚构，时钟停在这一刻。",
    ),
    "commit": Text("commit", "提交"),
    "built_with": Text("Made with Casework {version}.", "由 Casework {version} 生成。"),
    "fresh": Text(
        "These pages show the register at the instant above; they are not live.",
        "本站显示上述时刻的登记簿，不随之后的变化更新。",
    ),
    "yes": Text("yes", "是"),
    "no": Text("no", "否"),
    "comma": Text(", ", "、"),
    "semicolon": Text("; ", "；"),
    "colon": Text(": ", "："),
    "not_shown": Text("(personal data, not shown)", "（个人信息，不显示）"),
    "not_applicable": Text("n/a", "不适用"),
    "none": Text("none", "无"),
    # case
    "case": Text("Case", "案号"),
    "status": Text("Status", "状态"),
    "stage": Text("Stage", "阶段"),
    "policy": Text("Policy", "适用制度"),
    "summary": Text("Summary", "摘要"),
    "responsible": Text("Answers for it", "责任人"),
    "handler": Text("Handler", "处理人"),
    "facts": Text("Facts", "基本情况"),
    "story": Text("The complaint", "投诉内容"),
    "outcome": Text("Outcome", "处理结果"),
    "next": Text("To do next", "下一步"),
    "nothing_next": Text("Nothing is owed.", "暂无待办。"),
    "timeline": Text("What happened", "经过"),
    "deadlines": Text("What was promised", "时限"),
    "no_deadlines": Text(
        "The policy sets no limit for what happened so far.", "就目前的经过，制度没有规定时限。"
    ),
    "findings": Text("What was found", "检查结果"),
    "no_findings": Text("Nothing was found.", "未发现问题。"),
    "retention": Text("How long it is kept", "保存期限"),
    "source": Text("Source", "来源文件"),
    "history": Text("Its history", "查看历史"),
    "before": Text("Previous", "上一宗"),
    "after": Text("Next", "下一宗"),
    "limit": Text("Limit", "时限"),
    "clauses": Text("Clauses", "条款"),
    "start": Text("Start", "起算"),
    "due": Text("Due", "到期"),
    "met": Text("Done", "完成"),
    "clock_starts": Text("clock starts", "开始计时"),
    "due_by": Text("due by ", "应于 "),
    "due_by_end": Text("", " 前"),
    "lapsed": Text("due instant passed", "期限已过"),
    "by": Text("by", "经手"),
    "entered_by": Text("entered by", "录入"),
    "corrected": Text("corrected later", "已更正"),
    "answered": Text("answered for", "已说明"),
    "line": Text("line", "行"),
    "level": Text("Level", "级别"),
    "kind": Text("Kind", "性质"),
    "finding": Text("Finding", "内容"),
    "rule": Text("Rule", "规则"),
    "place": Text("Where", "位置"),
    "who": Text("Who", "责任人"),
    "what": Text("What", "事项"),
    "until_when": Text("By when", "期限"),
    "unread": Text(
        "this file cannot be read as a case; 'casework check' says why",
        "此文件无法作为案件读取，原因请运行 casework check 查看",
    ),
    "unjudged_said": Text(
        "No policy can judge this case, so it shows neither deadlines nor what is owed.",
        "没有可用的制度来评判本案，因此不显示时限和待办。",
    ),
    "next_promptly": Text("promptly", "及时"),
    "next_owed": Text("owed", "待办"),
    "next_mend": Text("mend the file", "改正文件"),
    "next_answer": Text("answer for it", "作出说明"),
    "kept_kept": Text("Kept until", "保存至"),
    "kept_disposable": Text("May be disposed of; kept until", "已满保存期，可以销毁；保存至"),
    "kept_held": Text("On hold", "保全中"),
    "kept_unset": Text("The policy sets no period", "制度未规定保存期限"),
    "kept_disposed": Text("Disposed of", "已销毁"),
    "kept_open": Text("Counted from filing; the papers are not filed yet.", "自归档起算，尚未归档。"),
    "last_day": Text("last day included", "含当日"),
    "matters": Text("matters", "保全事项"),
    "force_must": Text("must", "必须"),
    "force_should": Text("should", "一般应当"),
    "force_may": Text("may", "可以"),
    "span_promptly": Text("promptly", "及时"),
    "span_unset": Text("no number set", "未规定期限"),
    # overview
    "tile_overdue": Text("overdue", "逾期"),
    "tile_soon": Text("due within 7 days", "七日内到期"),
    "tile_open": Text("cases open", "在办案件"),
    "tile_kept": Text("kept in time this month", "本月按期完成"),
    "tile_kept_said": Text("promises that fell due in {month}: must", "{month} 到期的期限：必须"),
    "in_cases": Text("in {n} cases", "涉及 {n} 宗案件"),
    "in_case": Text("in 1 case", "涉及 1 宗案件"),
    "overdue": Text("Overdue", "已逾期"),
    "no_overdue": Text("Nothing is overdue.", "没有逾期事项。"),
    "soon": Text("Due within 7 days", "七日内到期"),
    "no_soon": Text("Nothing falls due within 7 days.", "七日内没有到期事项。"),
    "todo": Text("What is to be done", "待处理"),
    "no_todo": Text("There is nothing to mend, to do or to answer for.", "没有需要改正、办理或说明的事项。"),
    "year": Text("Twelve months", "近十二个月"),
    "year_said": Text("cases received and closed in each month", "每月收到与办结的案件数"),
    "received": Text("received", "收到"),
    "closed": Text("closed", "办结"),
    "carried": Text("carried forward", "结转"),
    "month": Text("Month", "月份"),
    "numbers": Text("The numbers", "数据表"),
    "more_in_list": Text("{n} more in the list of cases", "另有 {n} 项，见案件列表"),
    "more_rows": Text("{n} more", "另有 {n} 项"),
    "more_findings": Text(
        "{n} more; 'casework check' shows all", "另有 {n} 项，可运行 casework check 查看全部"
    ),
    "empty_register": Text("No case has been entered yet.", "还没有录入案件。"),
    # list of cases
    "filter": Text("Find in the list", "在列表中查找"),
    "filter_text": Text("Number, words, name", "编号、文字、姓名"),
    "all_statuses": Text("every status", "全部状态"),
    "all_categories": Text("every category", "全部类别"),
    "category": Text("Category", "类别"),
    "received_on": Text("Received", "收到"),
    "next_due": Text("Next due", "下一期限"),
    "shown_of": Text("cases shown", "宗案件"),
    "show_more": Text("Show more", "显示更多"),
    "clear": Text("Clear", "清除"),
    "no_fit": Text("No case fits.", "没有符合条件的案件。"),
    "needs_script": Text(
        "The {n} newest cases stand here; the others are listed month by month.",
        "此处列出最新的 {n} 宗，其余请按月份查看。",
    ),
    "has_errors": Text("has an open error", "有未解决的错误"),
    # months
    "month_of": Text("Month", "月报"),
    "not_over": Text(
        "The month is not over: numbers up to this instant.", "本月尚未结束：数字截至这一时刻。"
    ),
    "over": Text(
        "The month is over; what came to light later is counted in.", "本月已结束，之后查明的情况已计入。"
    ),
    "nil": Text("Nil return: nothing was received in this month.", "零报告：本月没有收到投诉。"),
    "flow": Text("Stock and flow", "收结存"),
    "balance": Text("The balance", "平衡关系"),
    "balanced": Text("The balance has been checked against the cases.", "已与案件逐一核对，收支平衡。"),
    "by_fact": Text("Received by {fact}", "本月收到（按{fact}）"),
    "kept": Text("Promises that fell due", "到期期限的履行"),
    "kept_none": Text("Nothing fell due in this month.", "本月没有到期的期限。"),
    "on_time": Text("In time", "按期"),
    "fell_due": Text("Fell due", "到期"),
    "share": Text("Share", "比例"),
    "excused": Text("Excused", "免责"),
    "untold": Text("Cannot be told", "无法判断"),
    "missed": Text("Not in time", "未按期"),
    "month_overdue": Text("Overdue at the end", "期末逾期"),
    "month_overdue_said": Text("Past due and still awaited at {at}.", "截至 {at} 已过期限、仍未办理的事项。"),
    "no_month_overdue": Text("Nothing was overdue.", "没有逾期事项。"),
    "late": Text("Late", "逾期清单"),
    "late_said": Text(
        "What fell due in the month and was not done by then, done later or not.",
        "本月到期而未按期完成的事项，包括之后完成的。",
    ),
    "no_late": Text("Everything that fell due was done in time.", "到期事项均已按期完成。"),
    "definition": Text("What it counts", "统计口径"),
    "behind": Text("The cases behind it", "所涉案件"),
    "count": Text("Count", "数量"),
    "total": Text("total", "合计"),
    "kept_column": Text("kept in time (must)", "按期完成（必须）"),
    "previous_month": Text("Previous month", "上一月"),
    "next_month": Text("Next month", "下一月"),
    "left_out": Text(
        "{n} cases no policy can judge are left out of every number.", "无法评判的 {n} 宗案件未计入各项数字。"
    ),
    "unread_left_out": Text(
        "{n} files cannot be read and are left out of every number.", "无法读取的 {n} 个文件未计入各项数字。"
    ),
    # rules and policies
    "rules_said": Text(
        "Each rule asks one question of the register; what it finds stands on the case's page.",
        "每条规则对登记簿提出一个问题，结果显示在案件页面上。",
    ),
    "found_now": Text("Found now", "目前发现"),
    "nothing_found": Text("Nothing at present.", "目前没有。"),
    "policies_said": Text(
        "What the firm has promised in writing, entry by entry, as the cases are judged by it.",
        "本单位的书面承诺，逐条列出，案件据此评判。",
    ),
    "since": Text("In force from", "施行日期"),
    "entries": Text("Entries", "条目"),
    "judged_by": Text("Cases judged by it", "适用案件"),
    "entry": Text("Entry", "条目"),
    "span": Text("Span", "时长"),
    "reading": Text("How we read it", "我们的理解"),
    "source_of": Text("From", "出处"),
    "force": Text("Force", "约束力"),
    # hand-written pages
    "guide_said": Text("Written by hand, for those who keep the register.", "写给登记簿使用者的说明。"),
}
