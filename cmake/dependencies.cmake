# Every library that Kansli links, one a line with its use. All are Debian 12 packages (packaging/debian-packages.txt).
find_package(Boost 1.81 REQUIRED COMPONENTS json)  # Beast and Asio (headers), JSON, Describe
find_package(CLI11 REQUIRED)                        # command line
find_package(CURL REQUIRED)                         # outgoing HTTP
find_package(Eigen3 3.4 REQUIRED NO_MODULE)         # matrices, to train vectors of words
find_package(fmt REQUIRED)                          # text formatting
find_package(ICU REQUIRED COMPONENTS i18n uc)       # Unicode, character sets
find_package(LibArchive REQUIRED)                   # ZIP containers
find_package(OpenSSL REQUIRED COMPONENTS Crypto)    # SHA-256, random bytes
find_package(pugixml REQUIRED)                      # XML
find_package(spdlog REQUIRED)                       # logging
find_package(SQLite3 REQUIRED)                      # the store
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)                  # Result<T>
find_package(tomlplusplus REQUIRED)                 # configuration
find_package(PkgConfig REQUIRED)
pkg_check_modules(cjose REQUIRED IMPORTED_TARGET cjose)          # signatures of sign-in tokens
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)      # e-mail
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)          # HTML5
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)   # the worker's system-call filter
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)     # Argon2id
pkg_check_modules(xapian REQUIRED IMPORTED_TARGET xapian-core)   # lexical index
pkg_check_modules(yamlcpp REQUIRED IMPORTED_TARGET yaml-cpp)     # front matter
