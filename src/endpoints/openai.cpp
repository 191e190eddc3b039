#include "endpoints/openai.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.hpp"
#include "endpoints/detail/reply_reader.hpp"
#include "json/binder.hpp"

namespace kansli::endpoints {

namespace {

constexpr std::size_t longest_answer = std::size_t{4} << 20U;
constexpr std::size_t longest_told = 300;
constexpr std::int64_t bytes_of_a_token = 4;

json::Value format_of(const ChatRequest& request, bool by_schema) {
    json::Value format = json::Value::object();
    if (!by_schema) {
        format["type"] = "json_object";
        return format;
    }
    format["type"] = "json_schema";
    json::Value named = json::Value::object();
    named["name"] = "answer";
    named["strict"] = true;
    named["schema"] = *request.schema;
    format["json_schema"] = std::move(named);
    return format;
}

std::string body_of(const EndpointSettings& settings, const ChatRequest& request, bool by_schema) {
    json::Value body = json::Value::object();
    body["model"] = settings.model;
    json::Value messages = json::Value::array();
    for (const auto& message : request.messages) {
        json::Value one = json::Value::object();
        one["role"] = json::enum_name(message.role);
        one["content"] = message.content;
        messages.push_back(std::move(one));
    }
    body["messages"] = std::move(messages);
    body["temperature"] = request.temperature;
    body["max_tokens"] = std::min(request.most_tokens, settings.most_tokens);
    body["stream"] = true;
    json::Value options = json::Value::object();
    options["include_usage"] = true;
    body["stream_options"] = std::move(options);
    if (request.schema) body["response_format"] = format_of(request, by_schema);
    return json::write(body);
}

// What the server says of its failure, on one line.
std::string told_by(const std::string& body) {
    std::string text = body;
    if (const auto object = json::parse(body)) {
        const auto* message = object->at("/error/message");
        if (message != nullptr && message->as_string() != nullptr) text = *message->as_string();
    }
    text.resize(std::min(text.size(), longest_told));
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

ErrorCode code_of(int status) {
    switch (status) {
        case 401:
        case 403:
            return ErrorCode::forbidden;
        case 404:
            return ErrorCode::not_found;
        case 400:
        case 422:
            return ErrorCode::invalid_input;
        case 413:
            return ErrorCode::too_large;
        case 429:
        case 503:
            return ErrorCode::busy;
        default:
            return ErrorCode::unavailable;
    }
}

std::string advice_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::forbidden:
            return "Kontrollera nyckeln: key_file eller key_variable i models.toml.";
        case ErrorCode::not_found:
            return "Kontrollera url (ska sluta med /v1 hos de flesta) och model i models.toml.";
        case ErrorCode::invalid_input:
            return "Kontrollera model i models.toml, och att servern är OpenAI-kompatibel.";
        case ErrorCode::busy:
            return "Servern har för mycket att göra, eller en gräns hos leverantören är nådd.";
        default:
            return "Se i serverns logg varför.";
    }
}

Failure failed(const EndpointSettings& settings, const ChatRequest& request, const WireAnswer& answer) {
    const auto code = code_of(answer.status);
    auto message = fmt::format("Språkmodellens server svarade med status {}.", answer.status);
    if (request.tell_failures && !answer.body.empty())
        message += fmt::format(" Den säger: ”{}”.", told_by(answer.body));
    return fail(code, std::move(message), settings.name, advice_of(code));
}

// The client tells of pages and curl's words; here it is a server that the administrator has set up.
Failure not_reached(const EndpointSettings& settings, Error error) {
    error.where = settings.name;
    if (error.code == ErrorCode::forbidden && !settings.internal) {
        error.advice = "Skriv internal = true i models.toml om servern står i organisationen.";
    } else if (error.code == ErrorCode::unavailable) {
        error.message = "Språkmodellens server går inte att nå, eller svarade inte i tid.";
        error.advice =
            fmt::format("Kontrollera att den är igång på {}, och seconds i models.toml.", settings.url);
    }
    return Failure(std::move(error));
}

void estimate_tokens(const std::string& sent, ChatReply& reply) {
    if (reply.prompt_tokens > 0 || reply.completion_tokens > 0) return;
    reply.prompt_tokens = static_cast<std::int64_t>(sent.size()) / bytes_of_a_token + 1;
    reply.completion_tokens = static_cast<std::int64_t>(reply.text.size()) / bytes_of_a_token + 1;
    reply.tokens_are_estimates = true;
}

}  // namespace

OpenAiEndpoint::OpenAiEndpoint(EndpointSettings settings, Wire wire, Key key)
    : settings_(std::move(settings)), wire_(std::move(wire)), key_(std::move(key)) {
}

Result<ChatReply> OpenAiEndpoint::chat(const ChatRequest& request) {
    const bool by_schema = request.schema.has_value() && knows_schemas_;
    auto reply = call(request, by_schema);
    if (reply || !by_schema || reply.error().code != ErrorCode::invalid_input) return reply;
    reply = call(request, false);
    if (reply) knows_schemas_ = false;
    return reply;
}

Result<ChatReply> OpenAiEndpoint::call(const ChatRequest& request, bool by_schema) {
    const auto key = TRY(key_());
    WireCall call;
    call.address = settings_.url + "/chat/completions";
    call.json = body_of(settings_, request, by_schema);
    if (!key.empty()) call.authorization = "Bearer " + key;
    call.limit = longest_answer;
    call.patience = request.patience;
    call.stop = request.stop;
    detail::ReplyReader reader(request.on_text);
    bool read_on = true;
    call.on_piece = [&](std::string_view bytes) { return read_on = reader.feed(bytes); };
    const auto answer = wire_(call);
    if (!answer && !read_on) return reader.finish();
    if (!answer) return not_reached(settings_, answer.error());
    if (answer->status < 200 || answer->status >= 300) return failed(settings_, request, *answer);
    auto reply = TRY(reader.finish());
    estimate_tokens(call.json, reply);
    return reply;
}

}  // namespace kansli::endpoints
