namespace Tame.Generator.Tests.Architecture;

/// <summary>One type that names another: in a field, a signature, a local, an attribute or the code of a method.</summary>
internal readonly record struct TypeReference(Type From, Type To, string Where)
{
    public override string ToString() => $"{From.FullName} -> {To.FullName} ({Where})";
}
