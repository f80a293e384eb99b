/// One endpoint, as discovery found it.
public struct EndpointInfo: Hashable, Sendable, Codable {
    public var id: EndpointID
    /// The full route that requests go to, without user name, password or query secrets.
    public var url: String
    /// Short, for narrow columns: "gpu01:8000".
    public var label: String
    /// As it is shown: what is sent may be longer.
    public var model: Shown
    /// What the server calls itself ("llama.cpp", "uvicorn"), or nil.
    public var server: Shown?
    public var dialect: String
    /// Request fields that the endpoint accepts, for example "continuous_usage_stats", "ignore_eos".
    public var capabilities: [String]
    /// Tokens of a new prompt that the server finds in its prefix cache all the same: the chat template's. nil where
    /// nobody looked.
    public var templateCacheTokens: Int?

    public init(
        id: EndpointID, url: String, label: String, model: Shown, server: Shown? = nil, dialect: String,
        capabilities: [String] = [], templateCacheTokens: Int? = nil
    ) {
        self.id = id
        self.url = url
        self.label = label
        self.model = model
        self.server = server
        self.dialect = dialect
        self.capabilities = capabilities
        self.templateCacheTokens = templateCacheTokens
    }
}
