namespace Tame;

/// <summary>The network of loops whose options name none: that of the package Tame.IO, which this assembly does not reference.</summary>
internal static class DefaultNetwork
{
    private static Network? s_instance;

    /// <summary>Created on first use. Any thread may read it. Two threads that read it at once may get two equivalent networks.</summary>
    public static Network Instance => s_instance ??= Make();

    /// <summary>The name is a literal, so that a trimmed program that has the package keeps the type.</summary>
    private static Network Make()
    {
        var type = Type.GetType("Tame.IO.SocketNetwork, Tame.IO", throwOnError: false);
        return type is null ? throw NetworkErrors.NoPackage() : (Network)Activator.CreateInstance(type)!;
    }
}
