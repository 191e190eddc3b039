#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/result.hpp"
#include "endpoints/chat.hpp"
#include "endpoints/label.hpp"
#include "endpoints/router.hpp"
#include "endpoints/settings.hpp"

namespace kansli::endpoints {

// What came of asking, and of whom.
struct Asked {
    ChatReply reply{};
    std::string endpoint{};
    std::string model{};  // as models.toml names it
    Label label{};        // what the text needed
    int attempts = 1;
    double kronor = 0;
    double watt_hours = 0;  // an estimate
};

// How one endpoint is doing.
struct Health {
    std::string endpoint{};
    int running = 0;
    int failures = 0;             // in a row
    std::optional<Error> last{};  // why it failed the last time
};

// All endpoints. The only way to a language model, so that nothing passes the router: each call is labelled here, by what the caller says
// of its sources and by its own words, before an endpoint is chosen.
// An endpoint that fails is left alone for ten seconds, then twenty, at most five minutes. A failure that may pass is tried again, with another
// approved endpoint if there is one; tries again are a tenth of all calls at most, and a few, so that a server in trouble is not flooded.
// Where all that may be asked have as many calls as they take, a call waits its turn for at most twenty seconds.
// Threads: any. chat() blocks.
class Pool {
  public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    struct Member {
        EndpointSettings settings{};
        std::unique_ptr<ChatEndpoint> endpoint{};
    };

    // `pause`: before the only one that is approved is tried again.
    explicit Pool(std::vector<Member> members, Clock clock = std::chrono::steady_clock::now,
                  std::chrono::milliseconds pause = std::chrono::milliseconds(300));

    // `sources`: what the texts come from. `name`: the model or endpoint that is wanted; empty: any.
    // Errors: those of choose() and of ChatEndpoint; the last one when every try failed.
    [[nodiscard]] Result<Asked> chat(const Label& sources, const ChatRequest& request,
                                     std::string_view name = {});

    [[nodiscard]] bool empty() const { return members_.empty(); }
    // Whether a model or an endpoint has that name.
    [[nodiscard]] bool knows(std::string_view name) const;
    [[nodiscard]] std::vector<EndpointSettings> settings() const;
    [[nodiscard]] std::vector<Health> health() const;

  private:
    struct State {
        int running = 0;
        int failures = 0;
        std::chrono::steady_clock::time_point rests_until{};
        std::optional<Error> last{};
    };
    // Chooses one and counts the call as running; waits for one that has its hands full.
    [[nodiscard]] Result<std::size_t> take(const Label& label, std::string_view name,
                                           const std::vector<bool>& tried, const std::stop_token& stop);
    [[nodiscard]] Result<std::size_t> take_again(const Label& label, std::string_view name,
                                                 const std::vector<bool>& tried);
    // The endpoints as the choice sees them; `may_take` says of each whether it is to be asked now.
    [[nodiscard]] std::vector<Standing> standings(std::string_view name,
                                                  const std::function<bool(std::size_t)>& may_take) const;
    void give_back(std::size_t member, const std::optional<Error>& failure);
    [[nodiscard]] bool may_try_again();

    std::vector<Member> members_;
    Clock clock_;
    std::chrono::milliseconds pause_;
    mutable std::mutex mutex_{};
    std::condition_variable_any given_back_{};
    std::uint64_t calls_given_back_ = 0;
    std::vector<State> states_;
    double retries_left_;
};

}  // namespace kansli::endpoints
