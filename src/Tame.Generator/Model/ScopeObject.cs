namespace Tame.Generator.Model;

/// <summary>
/// The variables of one scope that lambdas capture: a class, with a new object each time the scope is entered. <see cref="Links"/> are the enclosing scopes
/// that its functions need.
/// </summary>
internal sealed record ScopeObject(EquatableArray<int> Links)
{
    /// <summary>Whether the object is in a local of the user's text, which contains no wait, and not in the closure.</summary>
    public bool IsInText { get; init; }

    /// <summary>Whether its functions need the <c>this</c> object.</summary>
    public bool HasSelf { get; init; }
}

/// <summary>A list of attributes as the user wrote it. Attributes can get their line and file, so it includes the place.</summary>
internal sealed record UserAttribute(string Text, SourceSpan Span);

/// <summary>A parameter as declared, without its attributes, which precede it.</summary>
internal sealed record FunctionParameter(EquatableArray<UserAttribute> Attributes, string Text);

/// <summary>A local function that lambdas may call later: a method of a scope object, which calls a method of the user's type that contains the text.</summary>
internal sealed record LocalFunction
{
    /// <summary>Its index among the locals.</summary>
    public required int Local { get; init; }

    public required string ReturnType { get; init; }

    /// <summary>The names of its own type parameters.</summary>
    public required EquatableArray<string> TypeParameters { get; init; }

    public required string Constraints { get; init; }

    /// <summary>The parameters as declared, with default values.</summary>
    public required EquatableArray<FunctionParameter> Parameters { get; init; }

    /// <summary>The arguments that pass the parameters on.</summary>
    public required string Arguments { get; init; }

    public required bool ReturnsByRef { get; init; }

    public required bool IsStatic { get; init; }

    /// <summary>The modifiers between the accessibility and the type: <c>async</c> and <c>unsafe</c>, each followed by a space.</summary>
    public required string Modifiers { get; init; }

    public required EquatableArray<UserAttribute> Attributes { get; init; }

    /// <summary>Whether one of them hides the function from stack traces.</summary>
    public required bool IsHiddenFromTraces { get; init; }

    /// <summary>The scopes around its own that it needs.</summary>
    public required EquatableArray<int> Links { get; init; }

    /// <summary>The block, or the arrow and the expression.</summary>
    public required Fragment Body { get; init; }

    public required EquatableArray<string> Comments { get; init; }
}
