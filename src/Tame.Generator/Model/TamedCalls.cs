namespace Tame.Generator.Model;

/// <summary>What one tamed method can have on the stack above itself, and from where it can be called: its part of the graph of calls.</summary>
/// <param name="Key">Identifies methods of a project: the name of the generated file.</param>
/// <param name="Name">The simple name, by which unanalyzed code mentions it.</param>
/// <param name="DisplayName">The name for messages.</param>
/// <param name="Body">The method that is its body.</param>
internal sealed record TamedCalls(string Key, string Name, string DisplayName, BodyName Body)
{
    /// <summary>The tamed methods of the project that the body calls synchronously, by their keys.</summary>
    public required EquatableArray<string> Callees { get; init; }

    /// <summary>
    /// The names of methods that may be called by code that the body passes out: what lambdas call, what delegates refer to, what is called through an
    /// interface.
    /// </summary>
    public required EquatableArray<string> Mentioned { get; init; }

    /// <summary>
    /// Whether code can call it without mentioning its name in this project: it is visible outside, or called through an interface or virtually.
    /// </summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether the body synchronously calls unanalyzed code that might call tamed methods.</summary>
    public required bool Leaves { get; init; }

    /// <summary>Whether it has an <c>out</c> parameter, so that its caller needs the result at once.</summary>
    public required bool HasOut { get; init; }
}

/// <summary>A method that may be a body: the simple names of its type and itself.</summary>
internal sealed record BodyName(string Type, string Name);

/// <summary>The names that one file mentions: in what may be tamed bodies, and in all other code.</summary>
internal sealed record MentionedNames(EquatableArray<string> Elsewhere, EquatableArray<NamesInBody> Bodies);

/// <summary>The names that a method mentions which may be a tamed body.</summary>
internal sealed record NamesInBody(BodyName Body, EquatableArray<string> Names);
