namespace Tame.Generator.Model;

/// <summary>What one tamed method can have on the stack above itself, and from where it can be called: its part of the graph of calls.</summary>
/// <param name="Key">Tells methods of a project apart: the name of the generated file.</param>
/// <param name="Name">The simple name, by which code that is not analyzed mentions it.</param>
/// <param name="DisplayName">The name for messages.</param>
/// <param name="Body">The method that is its body.</param>
internal sealed record TamedCalls(string Key, string Name, string DisplayName, BodyName Body)
{
    /// <summary>The tamed methods of the project that the body calls on the spot, by their keys.</summary>
    public required EquatableArray<string> Callees { get; init; }

    /// <summary>The names of methods that code may call that the body hands out: what lambdas call, what delegates are made of, what is called by an interface.</summary>
    public required EquatableArray<string> Mentioned { get; init; }

    /// <summary>Whether code can call it that does not mention its name in this project: it is visible outside, or called by an interface or virtually.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether the body calls, on the spot, code that is not analyzed and might call tamed methods.</summary>
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
