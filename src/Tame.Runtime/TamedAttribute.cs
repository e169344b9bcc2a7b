namespace Tame;

/// <summary>
/// Marks a <c>partial void</c> method as tamed. Its body, the method <c>&lt;Name&gt;Body</c> of the same type, may wait in <c>twait</c>. The generator
/// implements it as a state machine in a heap closure.
/// </summary>
/// <remarks>Source: <c>tamed</c> in Figure 2 of Krohn, Kohler and Kaashoek, "Events Can Make Sense", USENIX ATC 2007.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TamedAttribute : Attribute
{
    /// <summary>Uses the method <c>&lt;Name&gt;Body</c>, with the same parameters, as the body.</summary>
    public TamedAttribute()
    {
    }

    /// <summary>Uses the method named <paramref name="body"/>, with the same parameters, as the body.</summary>
    /// <param name="body">The body's name. Write it as <c>nameof(Other)</c>, so that renaming updates both.</param>
    public TamedAttribute(string body) => Body = body;

    /// <summary>The body's name, or null if it is the declaration's name followed by <c>Body</c>.</summary>
    public string? Body { get; }
}
