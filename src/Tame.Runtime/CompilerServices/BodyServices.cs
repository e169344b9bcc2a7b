using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Tame.CompilerServices;

/// <summary>Small services for generated bodies.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BodyServices
{
    /// <summary>Assigns, inside a condition.</summary>
    /// <typeparam name="T">The type of the location.</typeparam>
    /// <param name="location">The location.</param>
    /// <param name="value">The value to assign.</param>
    /// <returns>Always true.</returns>
    public static bool Keep<T>(out T location, T value)
        where T : allows ref struct
    {
        location = value;
        return true;
    }

    /// <summary>Disposes of a resource in place, without copying a struct. Null is allowed.</summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="resource">The resource.</param>
    [StackTraceHidden]
    public static void Dispose<T>(ref T resource)
        where T : IDisposable?, allows ref struct
    {
        if (resource is not null)
            resource.Dispose();
    }

    /// <summary>Rethrows an exception that a catch clause caught or a finally block kept, with its stack trace.</summary>
    /// <param name="error">The exception.</param>
    /// <returns>Never. The return type allows its use in a <c>throw</c> statement.</returns>
    [StackTraceHidden]
    public static Exception Rethrow(Exception error)
    {
        ExceptionDispatchInfo.Throw(error);
        return error;
    }

    /// <summary>Gets an element of an array of any rank, counted row by row like <c>foreach</c>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The array.</param>
    /// <param name="index">An index from 0 to below <see cref="Array.Length"/>.</param>
    /// <returns>The element's value.</returns>
    public static T Element<T>(Array items, int index)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, items.Length);
        return Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(items)), index);
    }

    /// <summary>Disposes of an enumerator if it is disposable.</summary>
    /// <param name="enumerator">The enumerator, or null.</param>
    [StackTraceHidden]
    public static void DisposeIfDisposable(object? enumerator) => (enumerator as IDisposable)?.Dispose();
}
