#include "api/model_wire.hpp"

#include <utility>
#include <vector>

#include "endpoints/openai.hpp"
#include "http/client.hpp"

namespace kansli::api {

endpoints::Wire model_wire(const endpoints::EndpointSettings& endpoint) {
    http::AllowedHosts allowed;
    (endpoint.internal ? allowed.internal : allowed.hosts).push_back(endpoint.host);
    return [client = http::Client(std::move(allowed))](
               const endpoints::WireCall& call) -> Result<endpoints::WireAnswer> {
        auto page = TRY(client.post({.address = call.address,
                                     .json = call.json,
                                     .authorization = call.authorization,
                                     .limit = call.limit,
                                     .timeout = call.patience,
                                     .stop = call.stop,
                                     .on_piece = call.on_piece}));
        return endpoints::WireAnswer{page.status, std::move(page.body)};
    };
}

std::unique_ptr<endpoints::Pool> model_pool(const endpoints::ModelSettings& settings,
                                            const std::filesystem::path& keys) {
    std::vector<endpoints::Pool::Member> members;
    for (const auto& endpoint : settings.endpoints) {
        members.push_back({endpoint, std::make_unique<endpoints::OpenAiEndpoint>(
                                         endpoint, model_wire(endpoint),
                                         [endpoint, keys] { return endpoints::read_key(endpoint, keys); })});
    }
    return std::make_unique<endpoints::Pool>(std::move(members));
}

}  // namespace kansli::api
