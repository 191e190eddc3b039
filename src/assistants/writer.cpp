#include "assistants/writer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/log.hpp"

namespace kansli::assistants {

namespace {

// Also of the texts as they stand in the documents, before they are put into a request.
endpoints::Label label_of(const endpoints::Rules& rules, const access::Caller& caller,
                          const Question& question, const Answer& quoted,
                          const AnswerWriter::Origin& origin) {
    auto collections = origin.collections;
    collections.insert(collections.end(), question.collections.begin(), question.collections.end());
    auto label = endpoints::label_by_rules(rules, caller, collections);
    label = highest(label, {std::max(quoted.information_class, origin.information_class), false,
                            !quoted.secrecy.empty()});
    label = highest(label, endpoints::label_of_text(question.text));
    for (const auto& citation : quoted.citations) {
        label = highest(label, endpoints::label_of_text(citation.quote));
        label = highest(label, endpoints::label_of_text(citation.title));
    }
    return label;
}

void note(const endpoints::Asked& asked, WritingRecord& record) {
    record.endpoint = asked.endpoint;
    record.model = asked.model;
    record.served = asked.reply.model;
    record.label = asked.label;
    record.attempts = asked.attempts;
    record.prompt_tokens = asked.reply.prompt_tokens;
    record.completion_tokens = asked.reply.completion_tokens;
    record.tokens_are_estimates = asked.reply.tokens_are_estimates;
    record.kronor = asked.kronor;
    record.estimated_watt_hours = asked.watt_hours;
}

}  // namespace

Writing AnswerWriter::write(const access::Caller& caller, const Question& question, const Answer& quoted,
                            const Origin& origin, const Watch& watch) const {
    Writing writing;
    auto& record = writing.record;
    record.request = wording_version;
    record.label = label_of(rules_, caller, question, quoted, origin);
    auto request = wording_request(question.text, quoted.citations);
    request.stop = watch.stop;
    record.temperature = request.temperature;
    if (watch.writing) watch.writing();
    const auto began = std::chrono::steady_clock::now();
    const auto asked = pool_.chat(record.label, request, question.model);
    record.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
    if (!asked) {
        record.reason = asked.error().message;
        log::warning("Svaret formulerades inte av en språkmodell: {}", to_line(asked.error()));
        return writing;
    }
    note(*asked, record);
    const auto sentences = read_wording(asked->reply.text);
    if (!sentences) {
        record.reason = sentences.error().message;
        return writing;
    }
    auto held = hold(*sentences, quoted.citations, check_, question.as_of);
    record.dropped = std::move(held.dropped);
    if (held.sentences == 0) {
        record.reason = "Inget av det som språkmodellen skrev gick att kontrollera mot källorna.";
        return writing;
    }
    record.written = true;
    writing.citations = std::move(held.citations);
    return writing;
}

}  // namespace kansli::assistants
