using Microsoft.CodeAnalysis;

namespace Tame.Generator.Analysis;

/// <summary>
/// The size of a field of a type in bytes on a 64-bit machine, in .NET's object layout. It is not exact if only the run time knows: for type parameters, and
/// for structs whose fields a reference assembly does not show.
/// </summary>
internal readonly record struct TypeSize(int Bytes, int Alignment, bool HasReferences, bool IsStruct, bool IsExact)
{
    public const int Pointer = 8;

    public static TypeSize Reference { get; } = new(Pointer, Pointer, HasReferences: true, IsStruct: false, IsExact: true);

    public static TypeSize Int { get; } = Primitive(4);

    /// <summary>A slot's object and its location in it.</summary>
    public static TypeSize Slot { get; } = new(2 * Pointer, Pointer, HasReferences: true, IsStruct: true, IsExact: true);

    public static TypeSize Of(ITypeSymbol type) => type switch
    {
        { IsReferenceType: true } => Reference,
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => Primitive(Pointer),
        ITypeParameterSymbol => Reference with { IsExact = false },
        INamedTypeSymbol { EnumUnderlyingType: { } number } => Of(number),
        INamedTypeSymbol named => OfPrimitive(named) is var bytes and > 0 ? Primitive(bytes) : OfStruct(named),
        _ => Reference with { IsExact = false },
    };

    /// <summary>An object with a header, the fields of its base class, and these.</summary>
    public static int OfObject(int ofBase, IReadOnlyList<TypeSize> fields) => RoundUp(2 * Pointer + Laid(ofBase, fields), Pointer);

    private static TypeSize OfStruct(INamedTypeSymbol type)
    {
        var name = $"{type.ContainingNamespace?.ToDisplayString()}.{type.MetadataName}";
        if (type.ContainingType is null && OfFramework(name) is { } given) return given;
        var known = OfKnownFields(name, type);
        var fields = known ?? [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !IsAlias(field)).Select(field => Of(field.Type))];
        var hasReferences = fields.Any(field => field.HasReferences);
        var alignment = hasReferences ? Pointer : fields.Select(field => field.Alignment).DefaultIfEmpty(1).Max();
        var length = hasReferences ? Laid(0, fields) : InOrder(fields);
        return new TypeSize(Math.Max(RoundUp(length, alignment), 1), alignment, hasReferences, IsStruct: true, fields.All(field => field.IsExact) && (known is not null || ShowsItsFields(type)));
    }

    /// <summary>Structs of the framework, whose fields its reference assemblies do not show.</summary>
    private static TypeSize? OfFramework(string name) => name switch
    {
        "System.DateTime" or "System.TimeSpan" or "System.TimeOnly" => Struct(8),
        "System.Decimal" or "System.DateTimeOffset" => Struct(16),
        "System.Int128" or "System.UInt128" => Struct(16, 16),
        "System.Guid" => Struct(16, 4),
        "System.Range" => Struct(8, 4),
        "System.DateOnly" or "System.Index" or "System.Text.Rune" => Struct(4),
        "System.Half" => Struct(2),
        "System.Threading.CancellationToken" or "System.Collections.Immutable.ImmutableArray`1" => Struct(Pointer) with { HasReferences = true },
        "System.Threading.CancellationTokenRegistration" or "System.Memory`1" or "System.ReadOnlyMemory`1" or "System.ArraySegment`1" or "System.Numerics.BigInteger"
            or "System.Threading.Tasks.ValueTask" => Struct(2 * Pointer) with { HasReferences = true },
        _ => null,
    };

    /// <summary>Generic structs of the framework, by their parts.</summary>
    private static List<TypeSize>? OfKnownFields(string name, INamedTypeSymbol type) => name switch
    {
        "System.Nullable`1" => [Primitive(1), Of(type.TypeArguments[0])],
        "System.Collections.Generic.KeyValuePair`2" => [Of(type.TypeArguments[0]), Of(type.TypeArguments[1])],
        "System.Threading.Tasks.ValueTask`1" => [Reference, Of(type.TypeArguments[0]), Primitive(2), Primitive(1)],
        _ => null,
    };

    /// <summary>A named element of a tuple is another name for a field.</summary>
    private static bool IsAlias(IFieldSymbol field) => field.CorrespondingTupleField is { } element && !SymbolEqualityComparer.Default.Equals(field, element);

    /// <summary>Tuples show their fields everywhere. Other structs of a reference assembly have placeholders.</summary>
    private static bool ShowsItsFields(INamedTypeSymbol type) => type.IsTupleType
        || type.Locations.Any(place => place.IsInSource) || !type.ContainingAssembly.GetAttributes().Any(a => a.AttributeClass?.Name == "ReferenceAssemblyAttribute");

    /// <summary>The layout if .NET may choose: small fields in the gap after the base's fields, then references, the rest by size, and structs.</summary>
    private static int Laid(int start, IReadOnlyList<TypeSize> fields)
    {
        var at = start;
        var plain = fields.Where(field => !field.IsStruct).OrderByDescending(field => field.Bytes).ToList();
        while (at % Pointer != 0 && plain.FindIndex(field => field.Bytes <= (at & -at)) is var small and >= 0)
        {
            at += plain[small].Bytes;
            plain.RemoveAt(small);
        }

        foreach (var field in plain) at = RoundUp(at, field.Alignment) + field.Bytes;
        foreach (var field in fields.Where(field => field.IsStruct)) at = RoundUp(at, Math.Max(field.Alignment, field.Bytes >= Pointer ? Pointer : 1)) + field.Bytes;
        return at;
    }

    private static int InOrder(IEnumerable<TypeSize> fields) => fields.Aggregate(0, (at, field) => RoundUp(at, field.Alignment) + field.Bytes);

    private static TypeSize Primitive(int bytes) => new(bytes, Math.Min(bytes, Pointer), HasReferences: false, IsStruct: false, IsExact: true);

    private static TypeSize Struct(int bytes, int alignment = Pointer) => new(bytes, Math.Min(bytes, alignment), HasReferences: false, IsStruct: true, IsExact: true);

    private static int OfPrimitive(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => 8,
        _ => 0,
    };

    private static int RoundUp(int number, int unit) => (number + unit - 1) / unit * unit;
}
