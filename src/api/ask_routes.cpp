#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

constexpr std::size_t longest_question = 2000;

Result<assistants::Question> question_of(AskRequest request) {
    if (request.question.find_first_not_of(" \t\r\n") == std::string::npos) {
        return fail(ErrorCode::invalid_input, "Frågan är tom.", "question", "Skriv vad du vill veta.");
    }
    if (request.question.size() > longest_question) {
        return fail(ErrorCode::too_large, "Frågan är för lång.", "question", "Skriv högst 2 000 tecken.");
    }
    return assistants::Question{.text = std::move(request.question),
                                .collections = std::move(request.collections),
                                .as_of = request.as_of ? *request.as_of : TRY(day_of({}))};
}

Result<assistants::Answer> answer_and_count(Services& services, const access::Caller& caller,
                                            const assistants::Question& question) {
    auto answer = services.answerer.answer(caller, question);
    const auto* outcome = "failed";
    if (answer) outcome = answer->answerable ? "answered" : "refused";
    services.metrics.add(answers_metric, {{"outcome", outcome}});
    return answer;
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
                   const std::string& request_id, http::EventSink& sink) {
    if (!sink.send({"status", json::write(Stage{"searching"}), ""})) return;
    const auto answer = answer_and_count(services, caller, question);
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
            return answer_and_count(call.services, call.caller, TRY(question_of(std::move(request))));
        });
    table.stream_variant([](Call& call) -> Result<http::Response> {
        auto question = TRY(question_of(TRY(call.body<AskRequest>())));
        return http::Response::events([&services = call.services, caller = call.caller,
                                       question = std::move(question),
                                       id = call.request.id](http::EventSink& sink, const std::stop_token&) {
            stream_answer(services, caller, question, id, sink);
        });
    });
}

}  // namespace kansli::api
