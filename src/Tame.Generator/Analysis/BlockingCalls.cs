using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>Finds calls that block the loop's thread, and with it everything that runs there, and says what to wait for instead.</summary>
internal static class BlockingCalls
{
    private const string Task = "wait for the task with 'twait(task, out …)'";
    private const string Signal = "let the code that sets it trigger an event";
    private const string Descriptor = "use 'Network.Current' of the package Tame.IO, or make the socket non-blocking and wait with 'wait_on_fd'";
    private const string File = "use the asynchronous form and wait for its task with 'twait(task, out …)'";

    private static readonly Dictionary<string, string> s_instead = new(StringComparer.Ordinal)
    {
        ["System.Threading.Thread.Sleep"] = "wait with 'twait(e => timer(…, e))'",
        ["System.Threading.Thread.Join"] = "let the thread trigger an event when it ends",
        ["System.Threading.Tasks.Task.Wait"] = Task,
        ["System.Threading.Tasks.Task.WaitAll"] = Task,
        ["System.Threading.Tasks.Task.WaitAny"] = Task,
        ["System.Threading.Tasks.Task.Result"] = Task,
        ["System.Threading.Tasks.ValueTask.Result"] = Task,
        ["System.Runtime.CompilerServices.TaskAwaiter.GetResult"] = Task,
        ["System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult"] = Task,
        ["System.Threading.WaitHandle.WaitOne"] = Signal,
        ["System.Threading.WaitHandle.WaitAll"] = Signal,
        ["System.Threading.WaitHandle.WaitAny"] = Signal,
        ["System.Threading.ManualResetEventSlim.Wait"] = Signal,
        ["System.Threading.SemaphoreSlim.Wait"] = "wait with 'twait(semaphore.WaitAsync())'",
        ["System.Threading.CountdownEvent.Wait"] = Signal,
        ["System.Threading.Barrier.SignalAndWait"] = Signal,
        ["System.Threading.Monitor.Wait"] = Signal,
        ["System.Diagnostics.Process.WaitForExit"] = "wait with 'twait(process.WaitForExitAsync())'",
        ["System.Threading.SpinWait.SpinUntil"] = Signal,
        ["System.Collections.Concurrent.BlockingCollection.Take"] = Signal,
        ["System.Net.NetworkInformation.Ping.Send"] = "wait with 'twait(ping.SendPingAsync(…), out …)'",
        ["System.Net.Sockets.TcpClient.Connect"] = File,
        ["System.Net.Sockets.TcpListener.AcceptTcpClient"] = File,
        ["System.Net.Sockets.TcpListener.AcceptSocket"] = File,
        ["System.Net.Sockets.NetworkStream.Read"] = File,
        ["System.Net.Sockets.NetworkStream.Write"] = File,
        ["System.IO.FileStream.Read"] = File,
        ["System.IO.FileStream.Write"] = File,
        ["System.IO.FileStream.CopyTo"] = File,
        ["System.Console.ReadKey"] = "wait for the descriptor with 'twait(e => wait_on_fd(0, FdEvents.Read, e))'",
        ["System.Console.ReadLine"] = "read from 'StandardInput.Open()' of the package Tame.IO with a 'Reader'",
        ["System.Net.Dns.GetHostEntry"] = File,
        ["System.Net.Dns.GetHostAddresses"] = File,
        ["System.Net.Http.HttpClient.Send"] = "wait with 'twait(client.SendAsync(…), out …)'",
        ["System.Net.Sockets.Socket.Accept"] = Descriptor,
        ["System.Net.Sockets.Socket.Connect"] = Descriptor,
        ["System.Net.Sockets.Socket.Receive"] = Descriptor,
        ["System.Net.Sockets.Socket.ReceiveFrom"] = Descriptor,
        ["System.Net.Sockets.Socket.Send"] = Descriptor,
        ["System.Net.Sockets.Socket.SendTo"] = Descriptor,
        ["System.Net.Sockets.Socket.SendFile"] = Descriptor,
        ["System.IO.File.ReadAllText"] = File,
        ["System.IO.File.ReadAllBytes"] = File,
        ["System.IO.File.ReadAllLines"] = File,
        ["System.IO.File.WriteAllText"] = File,
        ["System.IO.File.WriteAllBytes"] = File,
        ["System.IO.File.WriteAllLines"] = File,
        ["System.IO.File.AppendAllText"] = File,
        ["System.IO.File.AppendAllLines"] = File,
        ["System.IO.File.AppendAllBytes"] = File,
    };

    public static void Check(IMethodBodyOperation body, NestedFunctions nested, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var operation in body.Descendants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ISymbol? called = operation switch
            {
                IInvocationOperation call => call.TargetMethod,
                IPropertyReferenceOperation { Property.Name: "Result" } property => property.Property,
                _ => null,
            };
            if (called is not null && Instead(operation, called) is { } instead && !IsHarmless(operation, called, nested))
                report(Diagnostic.Create(Rules.BlocksTheLoop, operation.Syntax.GetLocation(), $"{called.ContainingType.Name}.{called.Name}", instead));
        }
    }

    /// <summary>What to do instead of a call that blocks. Null if it does not block.</summary>
    private static string? Instead(IOperation operation, ISymbol called) =>
        s_instead.TryGetValue($"{Name(called.ContainingType)}.{called.Name}", out var instead) ? instead : ReadsFile(operation) ? File : null;

    private static string Name(INamedTypeSymbol type) => $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}";

    /// <summary>Whether a reader reads a file, as far as the body shows it: readers of data in memory block nothing.</summary>
    private static bool ReadsFile(IOperation operation) => operation is IInvocationOperation
    {
        TargetMethod: { Name: "ReadLine" or "ReadToEnd" or "Read", ContainingType.Name: "StreamReader" or "TextReader" },
        Instance: ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declared] }, SemanticModel: { } model },
    } && declared.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var made } && model.GetSymbolInfo(made).Symbol is IMethodSymbol maker
        && (maker is { MethodKind: MethodKind.Constructor, ContainingType.Name: "StreamReader", Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] }
            || maker is { Name: "OpenText", ContainingType.Name: "File" or "FileInfo" });

    /// <summary>
    /// A call in a nested function may run on any thread. A call with a time of zero returns at once. A task whose completion is checked does not block. A
    /// socket does not block if the type makes sockets non-blocking.
    /// </summary>
    private static bool IsHarmless(IOperation operation, ISymbol called, NestedFunctions nested)
    {
        var syntax = operation.Syntax;
        if (nested.Around(syntax).Any(NestedFunctions.IsLambdaOrLocalFunction))
            return true;
        if (called.Name is "Wait" or "WaitOne" or "Sleep" or "Join" or "WaitForExit" && ((IInvocationOperation)operation).Arguments.Any(IsZero))
            return true;
        return called.ContainingType.Name switch
        {
            "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" => IsWaitedForBefore(syntax) || Mentions(Around<MethodDeclarationSyntax>(syntax), "IsCompleted", "IsCompletedSuccessfully", "IsFaulted", "IsCanceled"),
            "Socket" => Mentions(Around<TypeDeclarationSyntax>(syntax), "Blocking", "wait_on_fd"),
            _ => false,
        };
    }

    /// <summary>
    /// Whether the body has waited before for a task that is named here, or for the collection that a loop takes it from: then its result is read when it is
    /// complete.
    /// </summary>
    private static bool IsWaitedForBefore(SyntaxNode call)
    {
        var names = NamesIn(call).ToList();
        foreach (var loop in call.Ancestors().OfType<ForEachStatementSyntax>().Where(loop => names.Contains(loop.Identifier.ValueText)))
            names = [.. names, .. NamesIn(loop.Expression)];
        return Around<MethodDeclarationSyntax>(call).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(other => other.SpanStart < call.SpanStart && TaskOf(other) is { } task && NamesIn(task).Intersect(names).Any());
    }

    /// <summary>The task of <c>task.Trigger(…)</c> or <c>twait(task, …)</c>. Null for other calls.</summary>
    private static ExpressionSyntax? TaskOf(InvocationExpressionSyntax call) => call switch
    {
        { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Trigger" } access } => access.Expression,
        { ArgumentList.Arguments: [{ Expression: not AnonymousFunctionExpressionSyntax and var task }, ..] } when Waits.CalledName(call) == "twait" => task,
        _ => null,
    };

    /// <summary>The variables at the start of an expression, not the members and types in it.</summary>
    private static IEnumerable<string> NamesIn(SyntaxNode expression) => expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Where(name => name.Parent is not MemberAccessExpressionSyntax access || (access.Expression == name && char.IsLower(name.Identifier.ValueText.TrimStart('_').FirstOrDefault())))
        .Select(name => name.Identifier.ValueText);

    private static bool IsZero(IArgumentOperation time) => time.Value.ConstantValue is { HasValue: true, Value: 0 }
        || time.Value is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } };

    private static T Around<T>(SyntaxNode node)
        where T : SyntaxNode => node.Ancestors().OfType<T>().First();

    private static bool Mentions(SyntaxNode around, params string[] names) => around.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));
}
