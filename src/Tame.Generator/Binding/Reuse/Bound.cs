using Tame.Generator.Model;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// The result of binding a declaration, valid until something changes that it depends on. It has neither model nor refusal if the declaration is not tamed
/// after all, or if the compiler reports the error. <see cref="Body"/> is the body's index among the candidates.
/// </summary>
internal sealed record Bound(TamedMethod? Method, Refusal? Refusal, int Body, int BodyLine, int DeclarationLine)
{
    /// <summary>The reason why there is nothing else: a fault of the generator itself.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The same for a declaration and a body that are now at other lines.</summary>
    public Bound At(int bodyLine, int declarationLine)
    {
        var (body, declaration) = (bodyLine - BodyLine, declarationLine - DeclarationLine);
        if ((Method is null || Method.Moved == body) && (Refusal is null || Refusal.Moved == declaration)) return this;
        return this with { Method = Method is null ? null : Method with { Moved = body }, Refusal = Refusal is null ? null : Refusal with { Moved = declaration } };
    }

    public bool Equals(Bound? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
