namespace Tame;

/// <summary>The network of loops whose options name none: the one of the package Tame.IO, which this assembly does not refer to.</summary>
internal static class DefaultNetwork
{
    private static Network? s_instance;

    /// <summary>Made at first use. Any thread may ask; two that ask at once may get two, which are alike.</summary>
    public static Network Instance => s_instance ??= Make();

    /// <summary>The name is a literal, so that a trimmed program that has the package keeps the type.</summary>
    private static Network Make()
    {
        var type = Type.GetType("Tame.IO.SocketNetwork, Tame.IO", throwOnError: false);
        return type is null ? throw NetworkErrors.NoPackage() : (Network)Activator.CreateInstance(type)!;
    }
}
