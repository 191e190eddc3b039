#include <map>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "archive/retention.hpp"
#include "archive/suggestion.hpp"
#include "commands.hpp"
#include "core/file.hpp"
#include "house.hpp"
#include "json/binder.hpp"
#include "output.hpp"
#include "retention_output.hpp"

namespace kansli::app {

namespace {

struct RetentionArguments {
    std::string data{};
    std::string by{};  // the person who acts
    bool json = false;
};

struct RuleArguments : RetentionArguments {
    archive::RetentionRule rule{};
    std::string stock = "record";
    std::string event = "created";
    std::string information_class{};
    std::string decided{};
    std::string from{};
    std::string to{};
    int months = -1;
    bool for_ever = false;
    std::string instead_of{};
    std::string end{};
};

struct HoldArguments : RetentionArguments {
    archive::LegalHold hold{};
    std::string from{};
    std::string to{};
    std::string lift{};
};

struct RetentionRunArguments : RetentionArguments {
    std::string plan{};
};

struct RemovalLogArguments : RetentionRunArguments {
    std::string log{};  // the file it is read from or written to
};

template <typename Enum>
Result<Enum> word_of(const std::string& text, const char* field) {
    const auto value = json::enum_value<Enum>(text);
    if (value) return *value;
    std::string known;
    for (const auto each : json::enum_values<Enum>())
        known += (known.empty() ? "" : ", ") + std::string(json::enum_name(each));
    return fail(ErrorCode::invalid_input, fmt::format("\"{}\" går inte att välja.", text), field,
                fmt::format("Välj bland {}.", known));
}

Result<std::optional<Date>> perhaps_day(const std::string& text) {
    if (text.empty()) return std::optional<Date>();
    return TRY(parse_date(text));
}

Result<void> list(const RetentionArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto rules = TRY(house->retention.rules());
    const auto holds = TRY(house->retention.holds());
    const auto today = day_in_sweden(now());
    const auto suggestions = archive::suggested_terms(house->desk.kinds(), rules, today);
    if (arguments.json) {
        fmt::print("{{\"rules\":{},\"holds\":{},\"suggestions\":{}}}\n", json::write(rules),
                   json::write(holds), json::write(suggestions));
        return {};
    }
    print_rules(rules, today);
    print_suggestions(suggestions);
    print_holds(holds);
    if (TRY(house->retention.unfinished()))
        fmt::print("Spår efter en gallring återstår att städa: kansli retention finish\n");
    return {};
}

Result<archive::RetentionRule> rule_of(const RuleArguments& arguments) {
    archive::RetentionRule rule = arguments.rule;
    rule.stock = TRY(word_of<archive::Stock>(arguments.stock, "--stock"));
    rule.event = TRY(word_of<archive::RetentionEvent>(arguments.event, "--after"));
    if (!arguments.information_class.empty())
        rule.information_class =
            TRY(word_of<access::InformationClass>(arguments.information_class, "--class"));
    if (arguments.for_ever == (arguments.months >= 0)) {
        return fail(ErrorCode::invalid_input, "Ange antingen --months eller --for-ever.", "--months");
    }
    if (!arguments.for_ever) rule.months = arguments.months;
    rule.decided = TRY(day_or_today(arguments.decided));
    rule.valid_from = arguments.from.empty() ? rule.decided : TRY(parse_date(arguments.from));
    rule.valid_to = TRY(perhaps_day(arguments.to));
    return rule;
}

Result<void> set(const RuleArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    if (!arguments.end.empty()) {
        const auto ended = TRY(house->retention.end_rule(caller, archive::RuleId(arguments.end)));
        fmt::print("Regeln {} ({}) används inte längre.\n", ended.id.str(), ended.name);
        return {};
    }
    std::optional<archive::RuleId> instead_of;
    if (!arguments.instead_of.empty()) instead_of = archive::RuleId(arguments.instead_of);
    const auto rule = TRY(house->retention.set_rule(caller, TRY(rule_of(arguments)), instead_of));
    fmt::print("Regeln {} ({}) gäller från {}.\n", rule.id.str(), rule.name, to_string(rule.valid_from));
    return {};
}

Result<void> hold(const HoldArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    if (!arguments.lift.empty()) {
        const auto lifted = TRY(house->retention.lift_hold(caller, archive::HoldId(arguments.lift)));
        fmt::print("Gallringsstoppet {} är hävt.\n", lifted.id.str());
        return {};
    }
    auto wanted = arguments.hold;
    wanted.from = TRY(perhaps_day(arguments.from));
    wanted.to = TRY(perhaps_day(arguments.to));
    const auto placed = TRY(house->retention.place_hold(caller, wanted));
    fmt::print("Gallringsstoppet {} gäller.\n", placed.id.str());
    return {};
}

Result<void> plan(const RetentionArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto found = TRY(house->retention.plan(access::keeper()));
    if (arguments.json) {
        fmt::print("{}\n", json::write(found));
    } else {
        print_plan(found, "kansli retention run --data MAPP --by NAMN");
    }
    return {};
}

Result<void> finish(const RetentionArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    TRY(house->retention.finish());
    fmt::print("Inga spår efter gallringar återstår i datamappen.\n");
    return {};
}

void print_run(const archive::RunReport& report, bool json) {
    if (json) {
        fmt::print("{}\n", json::write(report));
        return;
    }
    fmt::print(
        "Gallrat: {} anteckningars innehåll, {} dokumentversioner, {} jobb, {} enkätsvar. Det står i "
        "protokollet som anteckning {}.\nTidigare säkerhetskopior har kvar det tills de byts ut. Ta en ny "
        "nu, så ligger gallringsloggen bredvid dem.\n",
        report.record, report.documents, report.jobs, report.surveys, report.entry);
}

Result<void> run(const RetentionRunArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto caller = TRY(person_named(*house, arguments.by));
    // What an earlier run was cut off from.
    TRY(house->retention.finish());
    const auto report = TRY(house->retention.run(caller, arguments.plan));
    TRY(house->retention.finish());
    print_run(report, arguments.json);
    return {};
}

Result<void> show_log(const RemovalLogArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    TRY(house->retention.keep_log());
    const auto log = TRY(house->retention.log());
    if (arguments.log.empty()) {
        fmt::print("{}", log);
        return {};
    }
    TRY(add_missing_lines(arguments.log, log));
    fmt::print("Gallringsloggen ligger i {}.\n", arguments.log);
    return {};
}

// Without a plan it only shows what there is.
Result<void> reapply(const RemovalLogArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto log = arguments.log.empty() ? TRY(house->retention.log()) : TRY(read_file(arguments.log));
    if (!arguments.plan.empty()) {
        const auto caller = TRY(person_named(*house, arguments.by));
        TRY(house->retention.finish());
        const auto report = TRY(house->retention.run_again(caller, log, arguments.plan));
        TRY(house->retention.finish());
        print_run(report, arguments.json);
        return {};
    }
    const auto found = TRY(house->retention.returned(access::keeper(), log));
    if (arguments.json) {
        fmt::print("{}\n", json::write(found));
    } else {
        print_plan(found, "kansli retention reapply --data MAPP --by NAMN");
    }
    return {};
}

void add_person_option(CLI::App& command, std::string& by) {
    command.add_option("--by", by, "Ditt namn, som det står bland personerna")->required()->type_name("NAMN");
}

void add_set(CLI::App& retention, Runner& runner) {
    auto* command = retention.add_subcommand("set", "Lägg till en regel, ersätt en eller sluta använda en");
    auto a = std::make_shared<RuleArguments>();
    add_data_option(*command, a->data);
    add_person_option(*command, a->by);
    command->add_option("--end", a->end, "Sluta använda regeln med denna id")->type_name("ID");
    command->add_option("--name", a->rule.name, "Handlingstyp")->type_name("NAMN");
    command->add_option("--stock", a->stock, "record, document eller job")->capture_default_str();
    command->add_option("--kind", a->rule.kind,
                        "Slag av anteckning, dokument eller jobb; alla om det saknas");
    command->add_option("--class", a->information_class, "Dokumentets informationsklass");
    command->add_option("--owner", a->rule.owner, "Dokumentets ägare");
    command->add_option("--months", a->months, "Gallras efter så många månader");
    command->add_flag("--for-ever", a->for_ever, "Bevaras");
    command->add_option("--after", a->event, "created, decided, withdrawn eller replaced")
        ->capture_default_str();
    command->add_option("--ground", a->rule.legal_ground, "Rättslig grund");
    command->add_option("--decision", a->rule.decision, "Beslutets diarienummer");
    command->add_option("--decided-by", a->rule.decided_by, "Vem som har fattat beslutet");
    command->add_option("--decided", a->decided, "Beslutets dag; i dag om den saknas")->type_name("DAG");
    command->add_option("--from", a->from, "Första dagen regeln gäller")->type_name("DAG");
    command->add_option("--to", a->to, "Sista dagen regeln gäller")->type_name("DAG");
    command->add_option("--instead-of", a->instead_of, "Regeln som den ersätter")->type_name("ID");
    command->callback([a, &runner] { runner.run([&] { return set(*a); }); });
}

void add_hold(CLI::App& retention, Runner& runner) {
    auto* command = retention.add_subcommand("hold", "Stoppa gallringen av något, eller häv stoppet");
    auto a = std::make_shared<HoldArguments>();
    add_data_option(*command, a->data);
    add_person_option(*command, a->by);
    command->add_option("--lift", a->lift, "Häv stoppet med denna id")->type_name("ID");
    command->add_option("--reason", a->hold.reason, "Varför");
    command->add_option("--person", a->hold.person, "Namn eller personnummer som nämns");
    command->add_option("--case", a->hold.case_number, "Diarienummer");
    command->add_option("--document", a->hold.document, "Dokumentets id");
    command->add_option("--entry", a->hold.entry, "Anteckningens nummer");
    command->add_option("--from", a->from, "Tillkommet från och med")->type_name("DAG");
    command->add_option("--to", a->to, "Tillkommet till och med")->type_name("DAG");
    command->callback([a, &runner] { runner.run([&] { return hold(*a); }); });
}

void add_run(CLI::App& retention, Runner& runner) {
    auto* command = retention.add_subcommand("run", "Gallra det som provkörningen visade");
    auto a = std::make_shared<RetentionRunArguments>();
    add_data_option(*command, a->data);
    add_person_option(*command, a->by);
    command->add_option("--plan", a->plan, "Provkörningens kontrollsumma")->required()->type_name("SUMMA");
    command->add_flag("--json", a->json, "Skriv JSON");
    command->callback([a, &runner] { runner.run([&] { return run(*a); }); });
}

void add_log(CLI::App& retention, Runner& runner) {
    auto* command = retention.add_subcommand("log", "Visa gallringsloggen, eller lägg den på en annan plats");
    auto a = std::make_shared<RemovalLogArguments>();
    add_data_option(*command, a->data);
    command->add_option("--export", a->log, "Filen som loggen läggs till i")->type_name("FIL");
    command->callback([a, &runner] { runner.run([&] { return show_log(*a); }); });
}

void add_reapply(CLI::App& retention, Runner& runner) {
    auto* command = retention.add_subcommand(
        "reapply", "Gallra igen det som en återställd säkerhetskopia har fört tillbaka");
    auto a = std::make_shared<RemovalLogArguments>();
    add_data_option(*command, a->data);
    command->add_option("--log", a->log, "Gallringsloggen; datamappens egen om den saknas")->type_name("FIL");
    auto* by =
        command->add_option("--by", a->by, "Ditt namn, som det står bland personerna")->type_name("NAMN");
    command->add_option("--plan", a->plan, "Kontrollsumman av det som visades; utan den visas det bara")
        ->needs(by)
        ->type_name("SUMMA");
    command->add_flag("--json", a->json, "Skriv JSON");
    command->callback([a, &runner] { runner.run([&] { return reapply(*a); }); });
}

void add_plain(CLI::App& retention, Runner& runner, const char* name, const char* about,
               Result<void> (*work)(const RetentionArguments&)) {
    auto* command = retention.add_subcommand(name, about);
    auto a = std::make_shared<RetentionArguments>();
    add_data_option(*command, a->data);
    command->add_flag("--json", a->json, "Skriv JSON");
    command->callback([a, work, &runner] { runner.run([&] { return work(*a); }); });
}

}  // namespace

Result<access::Caller> person_named(House& house, const std::string& name) {
    for (const auto& user : TRY(house.people.users()))
        if (user.name == name) return house.people.caller_of_user(user.id);
    return fail(ErrorCode::not_found, "Personen finns inte.", name, "Se namnen med: kansli user list");
}

void add_retention(CLI::App& program, Runner& runner) {
    auto* retention = program.add_subcommand("retention", "Gallra efter dokumenthanteringsplanen");
    retention->require_subcommand(1);
    add_plain(*retention, runner, "rules", "Visa regler och gallringsstopp", list);
    add_set(*retention, runner);
    add_hold(*retention, runner);
    add_plain(*retention, runner, "plan", "Provkör: visa vad som skulle gallras i dag och varför", plan);
    add_run(*retention, runner);
    add_log(*retention, runner);
    add_reapply(*retention, runner);
    add_plain(*retention, runner, "finish", "Städa spåren efter en gallring som avbröts", finish);
}

}  // namespace kansli::app
