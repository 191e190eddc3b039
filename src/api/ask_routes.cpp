#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"
#include "assistants/question_suggestions.hpp"
#include "core/log.hpp"
#include "text/lexicon.hpp"

namespace kansli::api {

namespace {

constexpr std::size_t longest_question = 2000;
constexpr std::size_t most_corrections = 8;

Result<std::vector<text::LexiconEntry>> read_corrections(const std::vector<AskCorrection>& given) {
    if (given.size() > most_corrections) {
        return fail(ErrorCode::too_large, "Rättelserna är för många.", "corrections",
                    "Rätta högst 8 uttryck i en fråga.");
    }
    std::vector<text::LexiconEntry> corrections;
    for (const auto& [kind, expression, term] : given) {
        const auto relation = kind == assistants::CorrectionKind::means ? text::LexicalRelation::same
                                                                        : text::LexicalRelation::unlike;
        auto correction = text::entry_of(expression, relation, term);
        if (!correction) {
            auto error = std::move(correction).error();
            error.where = "corrections";
            return Failure(std::move(error));
        }
        corrections.push_back(*std::move(correction));
    }
    return corrections;
}

Result<assistants::Question> question_of(AskRequest request) {
    if (request.question.find_first_not_of(" \t\r\n") == std::string::npos) {
        return fail(ErrorCode::invalid_input, "Frågan är tom.", "question", "Skriv vad du vill veta.");
    }
    if (request.question.size() > longest_question) {
        return fail(ErrorCode::too_large, "Frågan är för lång.", "question", "Skriv högst 2 000 tecken.");
    }
    return assistants::Question{.text = std::move(request.question),
                                .collections = std::move(request.collections),
                                .as_of = request.as_of ? *request.as_of : TRY(day_of({})),
                                .corrections = TRY(read_corrections(request.corrections))};
}

// An answer that is made is given, whether its corrections could be kept or not.
void suggest(Services& services, const access::Caller& caller, const assistants::Question& question,
             assistants::Understanding& understanding) {
    const auto waiting = services.glossary.suggest(caller, question.corrections);
    if (!waiting) {
        log::warning("Förslag till ordlistan kunde inte sparas: {}", to_line(waiting.error()));
        return;
    }
    for (std::size_t at = 0; at < waiting->size(); ++at)
        understanding.corrections[at].suggested = (*waiting)[at];
}

Result<assistants::Answer> answer_and_count(Services& services, const access::Caller& caller,
                                            const assistants::Question& question,
                                            const assistants::Watch& watch) {
    auto answer = services.answerer.answer(caller, question, watch);
    const auto* outcome = "failed";
    if (answer) outcome = answer->answerable ? "answered" : "refused";
    services.metrics.add(answers_metric, {{"outcome", outcome}});
    if (answer) suggest(services, caller, question, answer->understanding);
    return answer;
}

// What is longer than a line is nobody's beginning of a question.
Result<QuestionList> suggested_questions(const Call& call) {
    constexpr std::size_t longest_typed = 200;
    constexpr std::size_t most_questions = 6;
    const auto typed = call.query("q").value_or("");
    if (typed.size() > longest_typed) return QuestionList{};
    const auto& known = assistants::QuestionSuggestions::known();
    const auto readable = TRY(call.services.library.readable_references(call.caller, known.statutes()));
    return QuestionList{known.find(typed, readable, most_questions)};
}

struct Stage {
    std::string stage{};
};
KANSLI_DESCRIBE(Stage, stage)

struct StreamedSentence {
    int index = 0;
    assistants::Citation citation{};
};
KANSLI_DESCRIBE(StreamedSentence, index, citation)

// The answer as events: what is being done, each sentence with its citation as it stands, then the whole.
void stream_answer(Services& services, const access::Caller& caller, const assistants::Question& question,
                   const std::string& request_id, http::EventSink& sink, const std::stop_token& stop) {
    if (!sink.send({"status", json::write(Stage{"searching"}), ""})) return;
    const auto answer = answer_and_count(
        services, caller, question,
        {.stop = stop, .writing = [&] { sink.send({"status", json::write(Stage{"writing"}), ""}); }});
    if (!answer) {
        const auto shown = problem(answer.error(), request_id);
        sink.send({"problem", std::get<std::string>(shown.body), ""});
        return;
    }
    int index = 0;
    for (const auto& citation : answer->citations) {
        if (!sink.send({"sentence", json::write(StreamedSentence{index++, citation}), ""})) return;
    }
    sink.send({"done", json::write(*answer), ""});
}

}  // namespace

void add_ask_routes(RouteTable& table) {
    const Operation operation{
        http::Method::post, "/api/ask", "ask",
        "Ställ en fråga. Svaret består av meningar med citat, eller är ett avslag med skäl. Med Accept: "
        "text/event-stream kommer det mening för mening.",
        Right::read};
    table.add<AskRequest, assistants::Answer>(
        operation, [](Call& call, AskRequest request) -> Result<assistants::Answer> {
            return answer_and_count(call.services, call.caller, TRY(question_of(std::move(request))),
                                    {.stop = call.request.stop});
        });
    table.stream_variant([](Call& call) -> Result<http::Response> {
        auto question = TRY(question_of(TRY(call.body<AskRequest>())));
        return http::Response::events(
            [&services = call.services, caller = call.caller, question = std::move(question),
             id = call.request.id](http::EventSink& sink, const std::stop_token& stop) {
                stream_answer(services, caller, question, id, sink, stop);
            });
    });
    table.add<Nothing, QuestionList>(
        {http::Method::get,
         "/api/ask/suggestions",
         "suggestQuestions",
         "Frågor att välja bland medan man skriver: bara sådana vars lagrum du får läsa.",
         Right::read,
         {{"q", "Det som är skrivet"}},
         {.quiet = true}},
        [](Call& call, Nothing) { return suggested_questions(call); });
}

}  // namespace kansli::api
