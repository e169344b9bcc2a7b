namespace Tame;

/// <summary>
/// Marks a <c>partial void</c> method as tamed: its body, the method <c>&lt;Name&gt;Body</c> of the same type, may block in
/// <c>twait</c>, and the generator supplies its implementation as a state machine in a heap closure.
/// </summary>
/// <remarks>Source: <c>tamed</c> in Figure 2 of Krohn, Kohler and Kaashoek, "Events Can Make Sense", USENIX ATC 2007.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TamedAttribute : Attribute
{
    /// <summary>The body is the method <c>&lt;Name&gt;Body</c> with the same parameters.</summary>
    public TamedAttribute()
    {
    }

    /// <summary>The body is the method named <paramref name="body"/> with the same parameters.</summary>
    /// <param name="body">The body's name; write it as <c>nameof(Other)</c>, so that renames keep the two together.</param>
    public TamedAttribute(string body) => Body = body;

    /// <summary>The body's name, or null where it is the declaration's name followed by <c>Body</c>.</summary>
    public string? Body { get; }
}
