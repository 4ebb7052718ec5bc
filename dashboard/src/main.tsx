import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Problem } from './api/problem'
import { App } from './App'
import './design/tokens.css'
import './design/base.css'
import { i18nReady } from './language/i18n'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server has refused, it will refuse again.
      retry: (failures, cause) => failures < 3 && (!(cause instanceof Problem) || cause.passing),
      staleTime: 5_000,
    },
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
void i18nReady.then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  ),
)
