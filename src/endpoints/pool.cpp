#include "endpoints/pool.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace kansli::endpoints {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds first_rest = 10s;
constexpr std::chrono::seconds longest_rest = 300s;
constexpr std::chrono::seconds longest_wait = 20s;
constexpr int most_attempts = 3;
constexpr double retries_at_first = 5;
constexpr double most_retries = 10;
constexpr double retries_of_a_call = 0.1;

// Another try makes sense, there or elsewhere.
bool may_pass(ErrorCode code) {
    return code == ErrorCode::unavailable || code == ErrorCode::busy || code == ErrorCode::corrupt;
}

// Another endpoint may do what this one does not.
bool may_go_elsewhere(ErrorCode code) {
    return may_pass(code) || code == ErrorCode::forbidden || code == ErrorCode::not_found ||
           code == ErrorCode::invalid_input;
}

// It would fail the next caller as well. What is wrong with one question (too long, answered with garbage) does not tell that.
bool needs_rest(ErrorCode code) {
    return code == ErrorCode::unavailable || code == ErrorCode::busy || code == ErrorCode::forbidden ||
           code == ErrorCode::not_found;
}

bool is_called(const EndpointSettings& settings, std::string_view name) {
    return name.empty() || settings.name == name || settings.model == name;
}

Label label_of(const Label& sources, const ChatRequest& request) {
    Label label = sources;
    for (const auto& message : request.messages)
        label = highest(label, label_of_text(message.content));
    return label;
}

Asked asked(ChatReply reply, const EndpointSettings& settings, const Label& label, int attempts) {
    const auto thousands = static_cast<double>(reply.prompt_tokens + reply.completion_tokens) / 1000;
    Asked made;
    made.reply = std::move(reply);
    made.endpoint = settings.name;
    made.model = settings.model;
    made.label = label;
    made.attempts = attempts;
    made.kronor = thousands * settings.kronor_per_1000_tokens;
    made.watt_hours = thousands * settings.watt_hours_per_1000_tokens;
    return made;
}

}  // namespace

Pool::Pool(std::vector<Member> members, Clock clock, std::chrono::milliseconds pause)
    : members_(std::move(members)),
      clock_(std::move(clock)),
      pause_(pause),
      states_(members_.size()),
      retries_left_(retries_at_first) {
}

Result<Asked> Pool::chat(const Label& sources, const ChatRequest& request, std::string_view name) {
    const auto label = label_of(sources, request);
    const auto began = std::chrono::steady_clock::now();
    std::vector<bool> tried(members_.size(), false);
    std::optional<Error> last;
    for (int attempt = 1; attempt <= most_attempts; ++attempt) {
        auto chosen = take(label, name, tried, request.stop);
        if (!chosen && last && may_pass(last->code)) chosen = take_again(label, name, tried);
        if (!chosen) return Failure(last ? *last : chosen.error());
        const auto& settings = members_[*chosen].settings;
        tried[*chosen] = true;
        auto call = request;
        const auto used =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
        call.patience = std::min<std::chrono::milliseconds>(request.patience, settings.patience) - used;
        if (call.patience <= 0ms) {
            give_back(*chosen, {});
            break;
        }
        auto reply = members_[*chosen].endpoint->chat(call);
        give_back(*chosen, reply ? std::optional<Error>() : reply.error());
        if (reply) return asked(*std::move(reply), settings, label, attempt);
        last = reply.error();
        if (!may_go_elsewhere(last->code) || request.stop.stop_requested() || !may_try_again()) break;
    }
    if (last) return Failure(*last);
    return fail(ErrorCode::unavailable, "Språkmodellen hann inte svara.");
}

Result<std::size_t> Pool::take(const Label& label, std::string_view name, const std::vector<bool>& tried,
                               const std::stop_token& stop) {
    const auto until = std::chrono::steady_clock::now() + longest_wait;
    std::unique_lock lock(mutex_);
    while (true) {
        const auto endpoints = standings(
            name, [&](std::size_t at) { return !tried[at] && states_[at].rests_until <= clock_(); });
        const auto chosen = choose(label, endpoints);
        if (chosen) ++states_[*chosen].running;
        const bool has_full = std::ranges::any_of(endpoints, [&](const Standing& endpoint) {
            return endpoint.wanted && endpoint.healthy && covers(endpoint.approved, label);
        });
        if (chosen || !has_full) return chosen;
        const auto seen = calls_given_back_;
        const bool came =
            given_back_.wait_until(lock, stop, until, [&] { return calls_given_back_ != seen; });
        if (!came) return chosen;
    }
}

// One that has just failed this call, when there is no other: a short wait often helps.
Result<std::size_t> Pool::take_again(const Label& label, std::string_view name,
                                     const std::vector<bool>& tried) {
    std::this_thread::sleep_for(pause_);
    const std::scoped_lock lock(mutex_);
    const auto chosen =
        choose(label, standings(name, [&](std::size_t at) { return static_cast<bool>(tried[at]); }));
    if (chosen) ++states_[*chosen].running;
    return chosen;
}

std::vector<Standing> Pool::standings(std::string_view name,
                                      const std::function<bool(std::size_t)>& may_take) const {
    std::vector<Standing> all;
    for (std::size_t at = 0; at < members_.size(); ++at) {
        const auto& settings = members_[at].settings;
        all.push_back({settings.approved, settings.model, may_take(at), is_called(settings, name),
                       states_[at].running, settings.parallel});
    }
    return all;
}

void Pool::give_back(std::size_t member, const std::optional<Error>& failure) {
    const std::scoped_lock lock(mutex_);
    auto& state = states_[member];
    --state.running;
    ++calls_given_back_;
    given_back_.notify_all();
    retries_left_ = std::min(most_retries, retries_left_ + retries_of_a_call);
    state.last = failure;
    if (!failure) {
        state.failures = 0;
        state.rests_until = {};
    } else if (needs_rest(failure->code)) {
        const int doublings = std::min(state.failures++, 10);
        state.rests_until = clock_() + std::min(first_rest * (1 << doublings), longest_rest);
    }
}

bool Pool::may_try_again() {
    const std::scoped_lock lock(mutex_);
    if (retries_left_ < 1) return false;
    retries_left_ -= 1;
    return true;
}

bool Pool::knows(std::string_view name) const {
    return std::ranges::any_of(members_,
                               [&](const Member& member) { return is_called(member.settings, name); });
}

std::vector<EndpointSettings> Pool::settings() const {
    std::vector<EndpointSettings> all;
    for (const auto& member : members_)
        all.push_back(member.settings);
    return all;
}

std::vector<Health> Pool::health() const {
    const std::scoped_lock lock(mutex_);
    std::vector<Health> all;
    for (std::size_t at = 0; at < members_.size(); ++at)
        all.push_back(
            {members_[at].settings.name, states_[at].running, states_[at].failures, states_[at].last});
    return all;
}

}  // namespace kansli::endpoints
