using System.ComponentModel;

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
    public static void Dispose<T>(ref T resource)
        where T : IDisposable?
    {
        if (resource is not null)
            resource.Dispose();
    }

    /// <summary>Disposes of an enumerator that may not be disposable.</summary>
    /// <param name="enumerator">The enumerator, or null.</param>
    public static void DisposeIfDisposable(object? enumerator) => (enumerator as IDisposable)?.Dispose();
}
