using WebNamespace;

App.Build(args).Run();
