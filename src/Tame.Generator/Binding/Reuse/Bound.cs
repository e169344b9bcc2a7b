using Tame.Generator.Model;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// What binding a declaration has yielded, for as long as nothing changes that it depends on; neither is given where the declaration is not tamed after
/// all, or the compiler has its own say. <see cref="Body"/> is the body's place among those it may be.
/// </summary>
internal sealed record Bound(TamedMethod? Method, Refusal? Refusal, int Body, int BodyLine, int DeclarationLine)
{
    /// <summary>Why there is nothing else: the generator itself failed.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The same for a declaration and a body that stand elsewhere now.</summary>
    public Bound At(int bodyLine, int declarationLine)
    {
        var (body, declaration) = (bodyLine - BodyLine, declarationLine - DeclarationLine);
        if ((Method is null || Method.Moved == body) && (Refusal is null || Refusal.Moved == declaration)) return this;
        return this with { Method = Method is null ? null : Method with { Moved = body }, Refusal = Refusal is null ? null : Refusal with { Moved = declaration } };
    }

    public bool Equals(Bound? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
