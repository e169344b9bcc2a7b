namespace Tame.Http;

/// <summary>The forms of a request target (RFC 9112, section 3.2).</summary>
public enum HttpTargetForm
{
    /// <summary>A path and an optional query. Clients send this form to a server.</summary>
    Origin,

    /// <summary>A whole URI, as for a proxy. Every server must accept it. Its authority replaces the Host field.</summary>
    Absolute,

    /// <summary>A host and a port, only for CONNECT.</summary>
    Authority,

    /// <summary>The asterisk, only for OPTIONS: the server as a whole.</summary>
    Asterisk,
}
