using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Tame.CompilerServices;

/// <summary>Small things that generated bodies need.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BodyServices
{
    /// <summary>Assigns, inside a condition.</summary>
    /// <typeparam name="T">The type of the place.</typeparam>
    /// <param name="location">The place.</param>
    /// <param name="value">What goes there.</param>
    /// <returns>Always true.</returns>
    public static bool Keep<T>(out T location, T value)
        where T : allows ref struct
    {
        location = value;
        return true;
    }

    /// <summary>Disposes of a resource in place, without a copy of a struct; null is fine.</summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="resource">The resource.</param>
    [StackTraceHidden]
    public static void Dispose<T>(ref T resource)
        where T : IDisposable?
    {
        if (resource is not null)
            resource.Dispose();
    }

    /// <summary>Throws again what a catch clause caught or a finally block kept, its stack trace going on.</summary>
    /// <param name="error">The exception.</param>
    /// <returns>Never; so that it can stand in a <c>throw</c> statement.</returns>
    [StackTraceHidden]
    public static Exception Rethrow(Exception error)
    {
        ExceptionDispatchInfo.Throw(error);
        return error;
    }

    /// <summary>An element of an array of any rank, counted through row by row as <c>foreach</c> does.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The array.</param>
    /// <param name="index">From 0 to below <see cref="Array.Length"/>.</param>
    /// <returns>The element's value.</returns>
    public static T Element<T>(Array items, int index)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, items.Length);
        return Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(items)), index);
    }

    /// <summary>Disposes of an enumerator that may not be disposable.</summary>
    /// <param name="enumerator">The enumerator, or null.</param>
    [StackTraceHidden]
    public static void DisposeIfDisposable(object? enumerator) => (enumerator as IDisposable)?.Dispose();
}
