using System.Text;
using Tame.Http.Parsing;

namespace Tame.Http;

/// <summary>The header fields of a request, as they were received. Valid until the exchange ends; strings that it returns stay valid.</summary>
public sealed class HttpFields
{
    private readonly RequestHead _head;

    internal HttpFields(RequestHead head) => _head = head;

    /// <summary>The number of fields.</summary>
    public int Count => _head.FieldCount;

    internal ReadOnlyMemory<byte> Bytes { get; set; }

    /// <summary>The values of a field, joined with a comma and a space; null if it is missing.</summary>
    /// <param name="name">The name; case is ignored.</param>
    public string? this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            string? all = null;
            for (int i = 0; i < Count; i++)
            {
                if (Ascii.EqualsIgnoreCase(Name(i), name))
                    all = all is null ? Text(Value(i)) : $"{all}, {Text(Value(i))}";
            }
            return all;
        }
    }

    /// <summary>The name of a field, as it was sent.</summary>
    /// <param name="index">The index, in the order in which the fields arrived.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such field.</exception>
    public ReadOnlySpan<byte> Name(int index) => Place(index).Name.Of(Bytes.Span);

    /// <summary>The value of a field, without white space around it.</summary>
    /// <param name="index"><inheritdoc cref="Name" path="/param[@name='index']"/></param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such field.</exception>
    public ReadOnlySpan<byte> Value(int index) => Place(index).Value.Of(Bytes.Span);

    /// <summary>Gets the value of the first field with a name.</summary>
    /// <param name="name">The name; case is ignored.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False if it is missing.</returns>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var bytes = Bytes.Span;
        foreach (ref readonly var field in _head.Fields)
        {
            if (field.Name.Length == name.Length && Ascii.EqualsIgnoreCase(field.Name.Of(bytes), name))
            {
                value = field.Value.Of(bytes);
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Whether a field that is a list has an element, in any of the fields with that name.</summary>
    /// <param name="name">The name; case is ignored.</param>
    /// <param name="element">The element; case is ignored.</param>
    public bool Has(ReadOnlySpan<byte> name, ReadOnlySpan<byte> element)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(Name(i), name) && FieldSyntax.HasElement(Value(i), element))
                return true;
        }
        return false;
    }

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private FieldPlace Place(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _head.Fields[index];
    }
}
