/// One endpoint, as discovery found it.
package struct EndpointInfo: Hashable, Sendable, Codable {
    package var id: EndpointID
    /// The full route that requests go to, without user name, password or query. A redirect may have named it: a
    /// server's words.
    package var url: Shown
    /// Short, for narrow columns: "gpu01:8000".
    package var label: String
    /// As it is shown: what is sent may be longer.
    package var model: Shown
    /// What the server calls itself ("llama.cpp", "uvicorn"), or nil.
    package var server: Shown?
    package var dialect: String
    /// Request fields that the endpoint accepts, for example "continuous_usage_stats", "ignore_eos".
    package var capabilities: [String]
    /// Tokens of a new prompt that the server finds in its prefix cache all the same: the chat template's. nil where
    /// nobody looked.
    package var templateCacheTokens: Int?
    /// The server's, where it says one.
    package var version: Shown?

    package init(
        id: EndpointID, url: Shown, label: String, model: Shown, server: Shown? = nil, dialect: String,
        capabilities: [String] = [], templateCacheTokens: Int? = nil,
        version: Shown? = nil
    ) {
        self.id = id
        self.url = url
        self.label = label
        self.model = model
        self.server = server
        self.dialect = dialect
        self.capabilities = capabilities
        self.templateCacheTokens = templateCacheTokens
        self.version = version
    }
}
