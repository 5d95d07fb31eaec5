<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ErasureDialog</name>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%n conversation</numerusform>
            <numerusform>%n conversations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attached file(s)</source>
        <translation>
            <numerusform>%n attached file</numerusform>
            <numerusform>%n attached files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n score(s)</source>
        <translation>
            <numerusform>%n score</numerusform>
            <numerusform>%n scores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n review</numerusform>
            <numerusform>%n reviews</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s): they hold the customer as well</source>
        <translation>
            <numerusform>%n backup: it holds the customer as well</numerusform>
            <numerusform>%n backups: they hold the customer as well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier export(s) may hold copies</source>
        <translation>
            <numerusform>%n earlier export may hold copies</numerusform>
            <numerusform>%n earlier exports may hold copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s) elsewhere may hold copies and stay: {paths}</source>
        <translation>
            <numerusform>%n backup elsewhere may hold copies and stays: {paths}</numerusform>
            <numerusform>%n backups elsewhere may hold copies and stay: {paths}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation>
            <numerusform>%n more waiting</numerusform>
            <numerusform>%n more waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MappingPanel</name>
    <message numerus="yes">
        <source>%n more field(s)</source>
        <translation>
            <numerusform>%n more field</numerusform>
            <numerusform>%n more fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MaskingSection</name>
    <message numerus="yes">
        <source>%n export(s) and backup(s) made before may still hold what is masked now:</source>
        <translation>
            <numerusform>%n export or backup made before may still hold what is masked now:</numerusform>
            <numerusform>%n exports and backups made before may still hold what is masked now:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message numerus="yes">
        <source>All %n row(s) of the file as they would be stored.</source>
        <translation>
            <numerusform>The one row of the file as it would be stored.</numerusform>
            <numerusform>All %n rows of the file as they would be stored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n row(s) as they would be stored.</source>
        <translation>
            <numerusform>The first row as it would be stored.</numerusform>
            <numerusform>The first %n rows as they would be stored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) rejected</source>
        <translation>
            <numerusform>%n row rejected</numerusform>
            <numerusform>%n rows rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message numerus="yes">
        <source>%n decided in this session</source>
        <translation>
            <numerusform>%n decided in this session</numerusform>
            <numerusform>%n decided in this session</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecognitionPanel</name>
    <message numerus="yes">
        <source>%n sheet(s) in this workbook</source>
        <translation>
            <numerusform>%n sheet in this workbook</numerusform>
            <numerusform>%n sheets in this workbook</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoleRulesDialog</name>
    <message numerus="yes">
        <source>%n message(s) would change:</source>
        <translation>
            <numerusform>%n message would change:</numerusform>
            <numerusform>%n messages would change:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reply(s) would be none any more and lose their scores.</source>
        <translation>
            <numerusform>%n reply would be none any more and lose its score.</numerusform>
            <numerusform>%n replies would be none any more and lose their scores.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n review(s) of them stay with the messages.</source>
        <translation>
            <numerusform>%n review of them stays with its message.</numerusform>
            <numerusform>%n reviews of them stay with the messages.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%n message(s) of erased customers were left out; the settings can let them in again.</source>
        <translation>
            <numerusform>%n message of erased customers was left out; the settings can let it in again.</numerusform>
            <numerusform>%n messages of erased customers were left out; the settings can let them in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) of reason, see below</source>
        <translation>
            <numerusform>%n kind of reason, see below</numerusform>
            <numerusform>%n kinds of reason, see below</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkspaceSection</name>
    <message numerus="yes">
        <source>%n conversation(s) of customers erased since the backup were erased again. {file} still holds them: delete it when you no longer need it.</source>
        <translation>
            <numerusform>%n conversation of customers erased since the backup was erased again. {file} still holds it: delete it when you no longer need it.</numerusform>
            <numerusform>%n conversations of customers erased since the backup were erased again. {file} still holds them: delete it when you no longer need it.</numerusform>
        </translation>
    </message>
</context>
</TS>
