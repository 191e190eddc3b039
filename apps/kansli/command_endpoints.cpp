#include <chrono>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "api/model_wire.hpp"
#include "commands.hpp"
#include "endpoints/pool.hpp"
#include "endpoints/settings.hpp"
#include "store/data_folder.hpp"

// The language models that models.toml names: which they are, and whether they answer.
namespace kansli::app {

namespace {

Result<endpoints::ModelSettings> settings_of(const store::DataFolder& folder) {
    auto settings = TRY(endpoints::read_model_settings(folder.models_file()));
    if (!settings.endpoints.empty()) return settings;
    return fail(ErrorCode::not_found, "Ingen språkmodell är ansluten.", folder.models_file().string(),
                "Se docs/guides/sprakmodeller.md.");
}

std::string key_of(const endpoints::EndpointSettings& endpoint, const store::DataFolder& folder) {
    if (endpoint.key_file.empty() && endpoint.key_variable.empty()) return "ingen";
    const auto key = endpoints::read_key(endpoint, folder.keys());
    const auto& place = endpoint.key_file.empty() ? endpoint.key_variable : endpoint.key_file;
    return key ? place : place + " (går inte att läsa)";
}

Result<void> list(const std::string& data) {
    const auto folder = TRY(store::DataFolder::open(data));
    for (const auto& endpoint : TRY(settings_of(folder)).endpoints) {
        fmt::print("{}\n  modell       {}\n  adress       {}{}\n  godkänd för  {}\n  nyckel       {}\n",
                   endpoint.name, endpoint.model, endpoint.url,
                   endpoint.internal ? " (i organisationen)" : "", in_words(endpoint.approved),
                   key_of(endpoint, folder));
        fmt::print(
            "  pris         {} kr för 1 000 tokens\n  energi       {} Wh för 1 000 tokens (uppskattat)\n",
            endpoint.kronor_per_1000_tokens, endpoint.watt_hours_per_1000_tokens);
    }
    return {};
}

// Nothing of anybody's is in the question, so what the server says of a failure may be shown.
endpoints::ChatRequest probe() {
    endpoints::ChatRequest request;
    request.messages = {{endpoints::Speaker::user, "Svara med ett enda ord: hej"}};
    request.most_tokens = 200;
    request.tell_failures = true;
    return request;
}

Result<void> try_one(const endpoints::EndpointSettings& endpoint, const store::DataFolder& folder) {
    // Alone, so that no rule and no other endpoint stands in between.
    endpoints::ModelSettings alone;
    alone.endpoints = {endpoint};
    const auto pool = api::model_pool(alone, folder.keys());
    auto request = probe();
    request.patience = endpoint.patience;
    const auto began = std::chrono::steady_clock::now();
    const auto asked = TRY(pool->chat({}, request));
    const std::chrono::duration<double> used = std::chrono::steady_clock::now() - began;
    fmt::print("{}: {} svarade efter {:.1f} s, {} tokens{}.\n", endpoint.name,
               asked.reply.model.empty() ? endpoint.model : asked.reply.model, used.count(),
               asked.reply.prompt_tokens + asked.reply.completion_tokens,
               asked.reply.tokens_are_estimates ? " (uppskattat)" : "");
    return {};
}

Result<void> try_endpoints(const std::string& data, const std::string& name) {
    const auto folder = TRY(store::DataFolder::open(data));
    const auto settings = TRY(settings_of(folder));
    int tried = 0;
    int failed = 0;
    for (const auto& endpoint : settings.endpoints) {
        if (!name.empty() && endpoint.name != name) continue;
        ++tried;
        const auto answered = try_one(endpoint, folder);
        if (answered) continue;
        ++failed;
        fmt::print("{}: FEL. {} {}\n", endpoint.name, answered.error().message, answered.error().advice);
    }
    if (tried == 0) {
        return fail(ErrorCode::not_found, fmt::format("Stället ”{}” finns inte i models.toml.", name),
                    folder.models_file().string(), "Se vilka som finns med kansli model endpoints.");
    }
    if (failed == 0) return {};
    return fail(ErrorCode::unavailable,
                fmt::format("{} av {} ställen svarar inte som de ska.", failed, tried));
}

}  // namespace

void add_endpoints(CLI::App& command, Runner& runner) {
    auto* listing =
        command.add_subcommand("endpoints", "Visa var språkmodeller kan nås och vad de är godkända för");
    auto data = std::make_shared<std::string>();
    add_data_option(*listing, *data);
    listing->callback([data, &runner] { runner.run([&] { return list(*data); }); });

    auto* trying = command.add_subcommand("try", "Ställ en fråga till språkmodellerna och se om de svarar");
    auto name = std::make_shared<std::string>();
    add_data_option(*trying, *data);
    trying->add_option("--endpoint", *name, "Bara det stället i models.toml")->type_name("NAMN");
    trying->callback([data, name, &runner] { runner.run([&] { return try_endpoints(*data, *name); }); });
}

}  // namespace kansli::app
